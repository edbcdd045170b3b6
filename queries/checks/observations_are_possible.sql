-- An observation is of a listed indicator, an area of the register where its level says area, and a period that does not end
-- before it starts; percentages lie in 0-100; intervals hold their value; a reoffending rate equals reoffenders over
-- cohort to the printed decimal; and no source gives a figure twice.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with o as not materialized (
    select 'indicators/' || indicator || '.csv' as file, *
    from observation
)
select file, line, 'indicator' as "column", indicator as value, 'is not an indicator of reference/indicators.csv' as problem,
    'error' as severity, 'use an indicator of the list, or add it there' as fix
from o
where indicator not in (select indicator from indicator)
union all
select file, line, 'place', place, 'is not an area of areas/areas.csv',
    'error', 'use an area of the list, or the level that the place has'
from o
where level = 'area' and place not in (select area from area)
union all
select file, line, 'level', level, 'is none of area, authority, region, nation, police_force',
    'error', 'write the level that the place has'
from o
where level not in ('area', 'authority', 'region', 'nation', 'police_force')
union all
select file, line, 'period_end', period_end::varchar, 'is before period_start, ' || period_start,
    'error', 'check both dates against the source'
from o
where period_end < period_start
union all
select file, line, 'value', value::varchar, 'is not a possible value',
    'error', 'check the figure and its unit against the source'
from o
where value < 0 or isnan(value) or isinf(value)
    or (value > 100 and indicator in (select indicator from indicator where unit = 'percent'))
union all
select file, line, 'value', value::varchar, 'lies outside its own interval',
    'error', 'check the figure and its interval against the source'
from o
where value < lower or value > upper
union all
select file, line, 'value', value::varchar, 'is not numerator / denominator, ' || round(100 * numerator / denominator, 2),
    'error', 'check the rate and its two counts against the source'
from o
where indicator in (select indicator from indicator where unit = 'percent')
    and denominator > 0 and abs(value - 100 * numerator / denominator) > 0.06
union all
select file, o.line, 'value', o.value::varchar, 'is given twice for the place and period by one source',
    'error', 'keep one row of it'
from o
where exists (
    select 1 from observation p
    where p.indicator = o.indicator and p.place = o.place and p.level = o.level and p.gss is not distinct from o.gss
        and p.period_start = o.period_start and p.period_end = o.period_end and p.basis is not distinct from o.basis
        and list_has_any(p.sources, o.sources) and p.line <> o.line
)
order by file, line, "column", problem;
