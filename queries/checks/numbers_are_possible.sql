-- Percentages lie between 0 and 100, points between 0 and their maximum, samples hold at least one case, and printed
-- benchmarks run lowest, average, highest.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
select 'results/' || programme || '.csv' as file, line, 'percent' as "column", percent::varchar as value,
    'is not between 0 and 100' as problem,
    'error' as severity, 'write the percentage as printed, 0 to 100' as fix
from result_row
where not percent between 0 and 100
union all
select 'results/' || programme || '.csv', line, 'points', points::varchar, 'is not between 0 and ' || points_max,
    'error', 'check points and maximum against the source'
from result_row
where not points between 0 and points_max
union all
select 'results/' || programme || '.csv', line, 'cases', cases::varchar, 'is not a number of cases',
    'error', 'leave the sample blank where it is not shown'
from result_row
where cases < 1
union all
select 'benchmarks/published.csv', line, 'lowest', lowest::varchar, 'is above the average or the highest',
    'error', 'check the three figures against the notice'
from published_benchmark
where lowest > average or lowest > highest
union all
select 'benchmarks/published.csv', line, 'average', average::varchar, 'is above the highest',
    'error', 'check the three figures against the notice'
from published_benchmark
where average > highest
union all
select 'benchmarks/published.csv', line, c.name, c.value::varchar, 'is not between 0 and 100',
    'error', 'write the percentage as printed, 0 to 100'
from published_benchmark
cross join unnest([
    {'name': 'lowest', 'value': lowest}, {'name': 'highest', 'value': highest}, {'name': 'average', 'value': average}
]) as t(c)
where not c.value between 0 and 100
order by file, line, "column";
