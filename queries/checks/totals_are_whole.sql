-- The total of points of an overall rating is out of what its programme's totals are out of, and a percentage printed with
-- it, or in its place, is a whole number of points of that, to the printed decimal.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with total as (
    select 'results/' || r.programme || '.csv' as file, r.*, s.points_max as most, coalesce(r.points_max, s.points_max) as whole
    from result_row r
    join measure m using (programme, measure)
    join programme_scale s using (programme, scale)
    where m.kind = 'overall'
)
select file, line, 'points_max' as "column", points_max::varchar as value,
    'is not ' || most || ', what totals of ' || programme || ' are out of' as problem,
    'error' as severity, 'check the total and its maximum against the source' as fix
from total
where points_max <> most
union all
select file, line, 'percent', percent::varchar, 'is no whole number of ' || whole || ' points',
    'error', 'check the percentage against the source'
from total
where points is null and whole > 0 and abs(percent - 100 * round(percent * whole / 100) / whole) > half_unit(percent) + 1e-9
union all
select file, line, 'percent', percent::varchar,
    'is not ' || points || ' of ' || whole || ' points, ' || round(100 * points / whole, 2),
    'error', 'check the percentage and the points against the source'
from total
where whole > 0 and abs(percent - 100 * points / whole) > half_unit(percent) + 1e-9
order by file, line, "column";
