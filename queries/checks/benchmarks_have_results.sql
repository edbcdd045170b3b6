-- A printed benchmark belongs to a result that is held, on a scale of percent, and is given once.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
select 'benchmarks/published.csv' as file, b.line, 'measure' as "column", b.inspection || ' ' || b.measure as value,
    'no such result is held' as problem,
    'error' as severity, 'add the result, or leave the benchmark out' as fix
from published_benchmark b
left join result_row r using (inspection, measure)
where r.scale is null
union all
select 'benchmarks/published.csv', b.line, 'measure', b.inspection || ' ' || b.measure, 'is no percentage',
    'error', 'leave benchmarks to results in percent'
from published_benchmark b
join result_row r using (inspection, measure)
join scale s using (scale)
where s.kind <> 'percent'
union all
select 'benchmarks/published.csv', line, 'measure', inspection || ' ' || measure, 'is given more than once',
    'error', 'keep one row of it'
from published_benchmark
qualify count(*) over (partition by inspection, measure) > 1
order by line, problem;
