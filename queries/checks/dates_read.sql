-- Dates are written 2012, 2012-06 or 2012-06-13 and exist; fieldwork is not later than publication; an area's
-- last day is not before its first.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with written as (
    select 'results/' || programme || '.csv' as file, line, 'published' as "column", published as value from result_row
    union all select 'results/' || programme || '.csv', line, 'fieldwork', fieldwork from result_row
    union all select 'areas/areas.csv', line, 'valid_from', valid_from from area
    union all select 'areas/areas.csv', line, 'valid_to', valid_to from area
    union all select 'reference/programmes.csv', line, 'starts', starts from programme
    union all select 'reference/programmes.csv', line, 'ends', ends from programme
    union all select 'reference/programme_scales.csv', line, 'starts', starts from programme_scale
    union all select 'reference/programme_scales.csv', line, 'ends', ends from programme_scale
    union all select 'reference/bases.csv', line, 'starts', starts from basis
    union all select 'reference/bases.csv', line, 'ends', ends from basis
)
select file, line, "column", value, 'is not a date such as 2012, 2012-06 or 2012-06-13' as problem,
    'error' as severity, 'write as much of the date as the source shows' as fix
from written
where value is not null and partial_first(value) is null
union all
select 'results/' || programme || '.csv', line, 'fieldwork', fieldwork, 'is later than publication, ' || published,
    'error', 'check both dates against the source'
from result_row
where partial_first(fieldwork) > partial_last(published)
union all
select 'areas/areas.csv', line, 'valid_to', valid_to, 'is before valid_from, ' || valid_from,
    'error', 'check both dates against the source'
from area
where partial_last(valid_to) < partial_first(valid_from)
order by file, line, "column", problem;
