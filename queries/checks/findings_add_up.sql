-- The numbers of a finding agree: a count is at most what it is of, a percentage lies between 0 and 100 and is that of its
-- counts to the printed decimal, a sample holds no more cases than the inspection read, a range runs upwards, and a number
-- has what it counts or its unit. Where the source itself printed counts and a percentage that disagree, it is a warning.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with f as (
    select 'findings/' || f.programme || '.csv' as file, f.*, i.cases
    from finding f
    left join inspection i using (inspection)
)
select file, line, 'numerator' as "column", numerator::varchar as value, 'is more than the ' || denominator::bigint || ' it is of' as problem,
    'error' as severity, 'check both against the report' as fix
from f
where numerator > denominator
union all
select file, line, 'numerator', numerator::varchar, 'is not a count', 'error', 'write a whole number, 0 or more'
from f
where numerator < 0 or numerator <> round(numerator)
union all
select file, line, 'denominator', denominator::varchar, 'is not a count', 'error', 'write a whole number, 1 or more'
from f
where denominator < 1 or denominator <> round(denominator)
union all
select file, line, 'denominator', denominator::varchar, 'has no count that is of it', 'error', 'write the numerator, or leave both blank'
from f
where denominator is not null and numerator is null
union all
select file, line, 'denominator', denominator::varchar, 'is more than the ' || cases || ' cases read', 'error', 'check it against the report'
from f
where counted in ('cases', 'community', 'custody') and denominator > cases
union all
select file, line, 'percent', percent::varchar, 'is not between 0 and 100', 'error', 'write the percentage as printed, 0 to 100'
from f
where not percent between 0 and 100
union all
select file, line, 'percent', percent::varchar, 'is not ' || numerator::bigint || ' of ' || denominator::bigint || ', ' || round(100 * numerator / denominator, 2),
    case status when 'printed' then 'warning' else 'error' end, 'check the percentage and its counts against the report'
from f
where denominator > 0 and abs(percent - 100 * numerator / denominator) > half_unit(percent) + 1e-9
union all
select file, line, 'counted', '', 'does not say what the numbers count', 'error', 'say who or what is counted'
from f
where counted is null and coalesce(numerator, denominator, percent) is not null
union all
select file, line, 'unit', coalesce(unit, ''), 'a value and its unit come together', 'error', 'write both, or neither'
from f
where (value is null) <> (unit is null)
union all
select file, line, 'value_to', value_to::varchar, 'is not above the start of the range', 'error', 'write the larger end, or leave it blank'
from f
where value_to is not null and (value is null or value_to <= value)
order by file, line, "column", problem;
