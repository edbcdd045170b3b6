-- Merges imported results and scores into the record: of each inspection and measure, the latest value of every column that
-- is not blank. What was withdrawn before a decision is not part of what it merges with.
-- given_result: every row that says something of a result, shipped or imported. `is_score`: computed from judgements.
create or replace temp table given_result as
with written as (
    select 0 as position, line as at_line, programme, inspection, area, scale, reinspection, fieldwork, published, cases, measure, percent, comment, rating,
        points, points_max, confidence, sources, page, note, false as is_score
    from result_row
    union all
    select i.position, i.at_line, i.programme, i.inspection, i.area, i.scale, i.reinspection, i.fieldwork, i.published, i.cases, i.measure, i.percent,
        i.comment, i.rating, i.points, i.points_max, i.confidence, c.sources, i.page, i.note, false
    from imported_result i
    join cited c using (position, citation)
),
kept as (
    select w.*
    from written w
    where not exists (select 1 from decision d where d.inspection = w.inspection and d.position > w.position)
),
-- what is true of an inspection, as the first row of it that says so has it
fact as (
    select inspection, first(programme order by position, at_line) as programme, first(area order by position, at_line) as area,
        first(scale order by position, at_line) as scale, first(reinspection order by position, at_line) as reinspection,
        first(fieldwork order by position, at_line) as fieldwork, first(published order by position, at_line) as published,
        first(cases order by position, at_line) as cases, first(sources order by position, at_line) as sources
    from kept
    group by inspection
),
known as (
    select inspection, any_value(reinspection order by position, at_line) as reinspection, any_value(fieldwork order by position, at_line) as fieldwork,
        any_value(cases order by position, at_line) as cases
    from kept
    group by inspection
)
select k.* exclude (reinspection, fieldwork, cases),
    case when k.position = 0 then k.reinspection else coalesce(k.reinspection, f.reinspection) end as reinspection,
    case when k.position = 0 then k.fieldwork else coalesce(k.fieldwork, f.fieldwork) end as fieldwork,
    case when k.position = 0 then k.cases else coalesce(k.cases, f.cases) end as cases
from kept k
join known f using (inspection)
union all by name
select i.position, i.at_line, f.programme, i.inspection, f.area, f.scale, f.reinspection, f.fieldwork, f.published, f.cases, i.measure, i.percent, null as comment,
    null as rating, null as points, null as points_max, null as confidence, f.sources, null as page, null as note, true as is_score
from imported_score i
join fact f using (inspection)
where not exists (select 1 from decision d where d.inspection = i.inspection and d.position > i.position);

-- result_version: a result as it was after each decision that named it. A score that rounds to the published percentage
-- leaves it as published; one beside a row that is there already says nothing of its documents.
create or replace temp table result_version as
with counted as (
    select *, row_number() over (partition by inspection, measure order by position, at_line) as nth,
        last_value(case when is_score then null else percent end ignore nulls)
            over (partition by inspection, measure order by position, at_line rows between unbounded preceding and current row) as published_percent
    from given_result
),
said as (
    select position, at_line, nth, programme, inspection, measure,
        last_value(area ignore nulls) over so_far as area,
        last_value(scale ignore nulls) over so_far as given_scale,
        last_value(case when is_score and nth > 1 then null else reinspection end ignore nulls) over so_far as reinspection,
        last_value(case when is_score and nth > 1 then null else fieldwork end ignore nulls) over so_far as fieldwork,
        last_value(case when is_score and nth > 1 then null else published end ignore nulls) over so_far as published,
        last_value(case when is_score and nth > 1 then null else cases end ignore nulls) over so_far as cases,
        last_value(case when is_score and round(percent) = published_percent then published_percent else percent end ignore nulls) over so_far as percent,
        last_value(comment ignore nulls) over so_far as comment,
        last_value(rating ignore nulls) over so_far as rating,
        last_value(points ignore nulls) over so_far as points,
        last_value(points_max ignore nulls) over so_far as points_max,
        coalesce(last_value(confidence ignore nulls) over so_far, 'seen') as confidence,
        last_value(case when is_score and nth > 1 then null else sources end ignore nulls) over so_far as sources,
        last_value(page ignore nulls) over so_far as page,
        last_value(note ignore nulls) over so_far as note
    from counted
    window so_far as (partition by inspection, measure order by position, at_line rows between unbounded preceding and current row)
),
-- the scale that the programme used at the time, of several the latest; a programme without scales has one of its own name
scaled as (
    select s.*, coalesce(s.given_scale, u.scale, s.programme) as scale
    from said s
    left join (
        select programme, dated, arg_max(scale, (fits, starts)) as scale
        from (
            select d.programme, d.dated, p.scale, coalesce(p.starts, '') as starts,
                d.dated is null or (partial_last(d.dated) >= coalesce(partial_first(p.starts), date '0001-01-01')
                    and partial_first(d.dated) <= coalesce(partial_last(p.ends), date '9999-12-31')) as fits
            from (select distinct programme, coalesce(published, fieldwork) as dated from said where given_scale is null) d
            join programme_scale p using (programme)
        )
        group by programme, dated
    ) u on s.given_scale is null and u.programme = s.programme and u.dated is not distinct from coalesce(s.published, s.fieldwork)
),
in_cells as (
    select * exclude (given_scale),
        [inspection, area, scale, case reinspection when true then 'yes' when false then 'no' end, fieldwork, published, cases::varchar, measure, written(percent), comment, rating,
            points::varchar, points_max::varchar, confidence, array_to_string(sources, ';'), page, note] as cells
    from scaled
)
select *, nth = 1 as is_first, cells is distinct from lag(cells) over in_order as changed, lag(cells) over in_order as before
from in_cells
window in_order as (partition by inspection, measure order by position, at_line);

delete from result_row;

insert into result_row
with ended as (
    select *, min((position, at_line)) over (partition by inspection, measure) as came
    from result_version
    qualify row_number() over (partition by inspection, measure order by position desc, at_line desc) = 1
)
select programme, inspection, area, scale, reinspection, fieldwork, published, cases, measure, percent, comment, rating, points, points_max, confidence,
    sources, page, note, row_number() over (partition by programme order by came) + 1 as line
from ended
order by programme, line;

-- printed_version: the benchmark beside a result as it was after each decision that gave one.
create or replace temp table printed_version as
with given as (
    select 0 as position, line as at_line, inspection, measure, lowest, highest, average, sources
    from published_benchmark
    union all
    select i.position, i.at_line, i.inspection, i.measure, i.lowest, i.highest, i.average, c.sources
    from imported_result i
    join cited c using (position, citation)
    where i.lowest is not null or i.highest is not null or i.average is not null
),
said as (
    select position, at_line, inspection, measure,
        last_value(lowest ignore nulls) over printed_so_far as lowest,
        last_value(highest ignore nulls) over printed_so_far as highest,
        last_value(average ignore nulls) over printed_so_far as average,
        last_value(sources ignore nulls) over printed_so_far as sources
    from given g
    where not exists (select 1 from decision d where d.inspection = g.inspection and d.position > g.position)
    window printed_so_far as (partition by inspection, measure order by position, at_line rows between unbounded preceding and current row)
),
in_cells as (
    select *, [inspection, measure, written(lowest), written(highest), written(average), array_to_string(sources, ';')] as cells
    from said
)
select *, row_number() over printed_in_order = 1 as is_first, cells is distinct from lag(cells) over printed_in_order as changed, lag(cells) over printed_in_order as before
from in_cells
window printed_in_order as (partition by inspection, measure order by position, at_line);

delete from published_benchmark;

insert into published_benchmark
with ended as (
    select *, min((position, at_line)) over (partition by inspection, measure) as came
    from printed_version
    qualify row_number() over (partition by inspection, measure order by position desc, at_line desc) = 1
)
select inspection, measure, lowest, highest, average, sources, row_number() over (order by came) + 1
from ended;

-- What the report of a withdrawn inspection says besides scores goes with it.
delete from finding
where inspection in (select inspection from decision where inspection is not null);
