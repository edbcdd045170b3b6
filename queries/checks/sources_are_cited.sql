-- Every source is cited by some row, once listed, and leads to a web address.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with cited as (
    select unnest(sources) as source from result_row
    union select unnest(sources) from published_benchmark
    union select unnest(sources) from finding
    union select unnest(sources) from observation
    union select unnest(sources) from area
    union select unnest(sources) from area_alias
    union select unnest(sources) from area_constituent
    union select unnest(sources) from area_succession
    union select unnest(sources) from authority
    union select unnest(sources) from neighbour
    union select unnest(sources) from code_change
    union select unnest(sources) from postcode
    union select unnest(sources) from town
    union select unnest(sources) from parish
)
select 'SOURCES.csv' as file, line, 'source' as "column", source as value, 'is cited by no row' as problem,
    'error' as severity, 'cite it, or take it out' as fix
from source
where source not in (select source from cited)
union all
select 'SOURCES.csv', line, 'source', source, 'is listed more than once',
    'error', 'keep one row of it'
from source
qualify count(*) over (partition by source) > 1
union all
select 'SOURCES.csv', line, 'url', url, 'is not an http or https address',
    'error', 'write the whole address of the document'
from source
where not regexp_full_match(url, 'https?://[^\s]+')
order by line, "column", problem;
