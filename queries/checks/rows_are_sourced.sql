-- Every figure names at least one source, and every source it names is in SOURCES.csv.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with cited as (
    select 'results/' || programme || '.csv' as file, line, sources from result_row
    union all select 'benchmarks/published.csv', line, sources from published_benchmark
    union all select 'findings/' || programme || '.csv', line, sources from finding
    union all select 'indicators/' || indicator || '.csv', line, sources from observation
    union all select 'areas/areas.csv', line, sources from area
    union all select 'areas/aliases.csv', line, sources from area_alias
    union all select 'areas/constituents.csv', line, sources from area_constituent
    union all select 'areas/successions.csv', line, sources from area_succession
    union all select 'areas/authorities.csv', line, sources from authority
    union all select 'areas/neighbours.csv', line, sources from neighbour
    union all select 'areas/code_changes.csv', line, sources from code_change
    union all select if(contains(code, ' '), 'localities/sectors.csv', 'localities/outcodes.csv'), line, sources from postcode
    union all select 'localities/towns.csv', line, sources from town
    union all select 'localities/parishes.csv', line, sources from parish
),
-- the lists are few and the rows that have them many
unlisted as (
    select distinct sources, source
    from (select sources, unnest(sources) as source from (select distinct sources from cited))
    where source not in (select source from source)
)
select file, line, 'sources' as "column", '' as value, 'names no source' as problem,
    'error' as severity, 'name the document it was read from' as fix
from cited
where len(sources) = 0
union all
select file, line, 'sources', source, 'is not in SOURCES.csv',
    'error', 'add the document to SOURCES.csv'
from cited
join unlisted using (sources)
order by file, line, value;
