-- One inspection is not two: no area was inspected twice under one programme in the same month, by fieldwork or by
-- publication; and twice within twelve months for certain (by publication, else by fieldwork) is a warning unless one of the two is a re-inspection.
-- Each of the two inspections is found, by its first row.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with inspected as (
    select programme, inspection, min(line) as line, first(area order by line) as area,
        coalesce(bool_or(reinspection), false) as reinspection,
        unnest([
            {'column': 'published', 'date': first(published order by line)},
            {'column': 'fieldwork', 'date': first(fieldwork order by line)}
        ], recursive := true)
    from result_row
    group by programme, inspection
),
pair as (
    select
        'results/' || a.programme || '.csv' as file,
        a.line,
        a."column",
        a.date,
        b.inspection as other,
        a.reinspection or b.reinspection as expected,
        length(a.date) >= 7 and length(b.date) >= 7 and left(a.date, 7) = left(b.date, 7) as same_month,
        greatest(partial_last(a.date), partial_last(b.date))
            <= least(partial_first(a.date), partial_first(b.date)) + interval 12 months as within_a_year
    from inspected a
    join inspected b
        on b.programme = a.programme and b.area = a.area and b."column" = a."column" and b.inspection <> a.inspection
    where a.date is not null and b.date is not null
)
select file, line, "column", date as value, 'is in the same month as inspection ' || other || ' of the same area' as problem,
    'error' as severity, 'give both sets of results one inspection, with one date' as fix
from pair
where same_month
union all
select file, line, "column", date, 'is within twelve months of inspection ' || other || ' of the same area, and neither is a re-inspection',
    'warning', 'check both dates, and whether one was a re-inspection'
from pair
where not expected
qualify within_a_year and not bool_or(same_month) over (partition by file, line, other)
    and row_number() over (partition by file, line, other, within_a_year order by "column" desc) = 1
order by file, line, "column", problem;
