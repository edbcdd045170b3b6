-- Merges imported findings into the record: of each inspection, kind and place in the report, the latest value of every column
-- that is not blank. Findings of an inspection that was withdrawn go with it. The programme is that of the inspection's results.
-- finding_version: a finding as it was after each decision that named it. `nth` is its position in the report.
create or replace temp table finding_version as
with given as (
    select 0 as position, line as at_line, inspection, kind, finding.position as nth, measure, subject, counted, text_en, text_cy, numerator, denominator, percent, value, value_to, unit, place, period, printed, status, section, page, sources, note
    from finding
    union all
    select i.position, i.at_line, i.inspection, i.kind, i.nth, i.measure, i.subject, i.counted, i.text_en, i.text_cy, i.numerator, i.denominator, i.percent, i.value, i.value_to, i.unit, i.place, i.period, i.printed, i.status, i.section, i.page, c.sources, i.note
    from imported_finding i
    join cited c using (position, citation)
),
said as (
    select position, at_line, inspection, kind, nth,
        last_value(measure ignore nulls) over so_far as measure,
        last_value(subject ignore nulls) over so_far as subject,
        last_value(counted ignore nulls) over so_far as counted,
        last_value(text_en ignore nulls) over so_far as text_en,
        last_value(text_cy ignore nulls) over so_far as text_cy,
        last_value(numerator ignore nulls) over so_far as numerator,
        last_value(denominator ignore nulls) over so_far as denominator,
        last_value(percent ignore nulls) over so_far as percent,
        last_value(value ignore nulls) over so_far as value,
        last_value(value_to ignore nulls) over so_far as value_to,
        last_value(unit ignore nulls) over so_far as unit,
        last_value(place ignore nulls) over so_far as place,
        last_value(period ignore nulls) over so_far as period,
        last_value(printed ignore nulls) over so_far as printed,
        last_value(status ignore nulls) over so_far as status,
        last_value(section ignore nulls) over so_far as section,
        last_value(page ignore nulls) over so_far as page,
        last_value(sources ignore nulls) over so_far as sources,
        last_value(note ignore nulls) over so_far as note
    from given g
    where not exists (select 1 from decision d where d.inspection = g.inspection and d.position > g.position)
    window so_far as (partition by inspection, kind, nth order by position, at_line rows between unbounded preceding and current row)
),
in_cells as (
    select s.*, r.programme,
        [inspection, kind, nth::varchar, measure, subject, counted, text_en, text_cy, written(numerator), written(denominator), written(percent),
            written(value), written(value_to), unit, place, period, printed, status, section, page, array_to_string(sources, ';'), note] as cells
    from said s
    join (select inspection, any_value(programme) as programme from result_row group by inspection) r using (inspection)
)
select *, row_number() over in_order = 1 as is_first, cells is distinct from lag(cells) over in_order as changed, lag(cells) over in_order as before
from in_cells
window in_order as (partition by inspection, kind, nth order by position, at_line);

delete from finding;

insert into finding
with ended as (
    select *, min((position, at_line)) over (partition by inspection, kind, nth) as came
    from finding_version
    qualify row_number() over (partition by inspection, kind, nth order by position desc, at_line desc) = 1
)
select programme, inspection, kind, nth, measure, subject, counted, text_en, text_cy, numerator, denominator, percent, value, value_to, unit, place, period, printed, status, section, page, sources, note,
    row_number() over (partition by programme order by came) + 1 as line
from ended
order by programme, line;
