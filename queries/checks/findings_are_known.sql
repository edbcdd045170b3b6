-- A finding is of an inspection of its programme, of a known kind, measure, unit and place, says where it is printed, and is
-- numbered in order within its inspection and kind. What the source shows only as a picture has no numbers.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with f as (
    select 'findings/' || programme || '.csv' as file, *
    from finding
)
select file, f.line, 'inspection' as "column", f.inspection as value, 'is no inspection of programme ' || f.programme as problem,
    'error' as severity, 'use the id of an inspection in results/, in the file of its programme' as fix
from f
left join inspection i using (inspection, programme)
where i.area is null
union all
select file, line, 'kind', kind, 'is no kind of finding', 'error', 'use a kind that data/README.md lists'
from f
where kind not in ('reason', 'limit', 'recommendation', 'plan', 'answer', 'strength', 'improvement', 'commentary', 'example', 'case_mix',
    'context', 'arrangement', 'definition', 'response', 'plan_due', 'plan_received')
union all
select file, line, 'position', position::varchar, 'does not follow the finding before it', 'error', 'number the findings of a kind from 1'
from f
qualify position <> row_number() over (partition by inspection, kind order by line)
union all
select file, line, 'period', coalesce(period, ''), 'is not the day of the plan', 'error', 'write it as 2027-06-13'
from f
where kind in ('plan_due', 'plan_received') and (length(period) <> 10 or partial_first(period) is null)
union all
select file, f.line, 'measure', f.measure, 'is not a measure of programme ' || f.programme, 'error', 'use a measure of reference/measures.csv'
from f
left join measure m using (programme, measure)
where f.measure is not null and m.kind is null
union all
select file, line, 'counted', counted, 'is none of the things that findings count', 'error', 'use a word that data/README.md lists'
from f
where counted not in ('children', 'victims', 'cases', 'community', 'custody', 'people', 'workload')
union all
select file, line, 'unit', unit, 'is no unit of findings', 'error', 'use a unit that data/README.md lists'
from f
where unit not in ('people', 'questionnaires', 'offences_per_1000', 'indicators', 'cases', 'services', 'years', 'months', 'weeks', 'hours',
    'areas_of_work', 'ratings', 'years_of_age')
union all
select file, line, 'place', place, 'is neither an authority nor England and Wales', 'error',
    'use a code of areas/authorities.csv, K04000001, or a blank for the inspected area'
from f
where place <> 'K04000001' and place not in (select gss from authority)
union all
select file, line, 'status', status, 'is none of printed, worked_out, picture', 'error', 'write printed, worked_out or picture'
from f
where status not in ('printed', 'worked_out', 'picture')
union all
select file, line, 'status', status, 'has numbers', 'error', 'leave the numbers blank: a picture shows none'
from f
where status = 'picture' and coalesce(numerator, denominator, percent, value, value_to) is not null
union all
select file, line, 'printed', coalesce(printed, ''), 'does not say what the numbers were worked out from', 'error',
    'write the few words of the report that they follow from'
from f
where status = 'worked_out' and printed is null
order by file, line, "column", problem;
