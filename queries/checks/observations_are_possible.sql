-- An observation is of a listed indicator, an area of the register where its level says area, and a period that does not end
-- before it starts; percentages lie in 0-100; intervals hold their value; a reoffending rate equals reoffenders over
-- cohort to the printed decimal; figures of an indicator with two series name theirs, old or new, which never join, and
-- others name none.
-- Answers: file, line, column, value, problem; one row a finding.
with o as not materialized (
    select 'indicators/' || indicator || '.csv' as file, *
    from observation
)
select file, line, 'indicator' as "column", indicator as value, 'is not an indicator of reference/indicators.csv' as problem
from o
where indicator not in (select indicator from indicator)
union all
select file, line, 'place', place, 'is not an area of areas/areas.csv'
from o
where level = 'area' and place not in (select area from area)
union all
select file, line, 'level', level, 'is none of area, authority, region, nation, police_force'
from o
where level not in ('area', 'authority', 'region', 'nation', 'police_force')
union all
select file, line, 'period_end', period_end::varchar, 'is before period_start, ' || period_start
from o
where period_end < period_start
union all
select file, line, 'value', value::varchar, 'is not a possible value'
from o
where value < 0 or isnan(value) or isinf(value)
    or (value > 100 and indicator in (select indicator from indicator where unit = 'percent'))
union all
select file, line, 'value', value::varchar, 'lies outside its own interval'
from o
where value < lower or value > upper
union all
select file, line, 'value', value::varchar, 'is not numerator / denominator, ' || round(100 * numerator / denominator, 2)
from o
where indicator in (select indicator from indicator where unit = 'percent')
    and denominator > 0 and abs(value - 100 * numerator / denominator) > 0.06
union all
select file, line, 'basis', coalesce(basis, ''), 'a figure of this indicator is of the old or the new series'
from o
where coalesce(basis, '') not in ('old', 'new') and indicator in (select indicator from indicator where basis)
union all
select file, line, 'basis', basis, 'this indicator has one series alone'
from o
where basis is not null and indicator in (select indicator from indicator where not basis)
order by file, line, "column", problem;
