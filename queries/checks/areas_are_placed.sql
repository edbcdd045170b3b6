-- Areas, regions and nations are listed once; areas lie in a region, regions in a nation; aliases, constituents and
-- successions are of listed areas; and no area precedes itself.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
select 'areas/areas.csv' as file, line, 'area' as "column", area as value, 'is listed more than once' as problem,
    'error' as severity, 'keep one row of it' as fix
from area
qualify count(*) over (partition by area) > 1
union all
select 'areas/regions.csv', line, 'region', region, 'is listed more than once',
    'error', 'keep one row of it'
from region
qualify count(*) over (partition by region) > 1
union all
select 'areas/nations.csv', line, 'nation', nation, 'is listed more than once',
    'error', 'keep one row of it'
from nation
qualify count(*) over (partition by nation) > 1
union all
select 'areas/areas.csv', line, 'region', region, 'is not a region',
    'error', 'use a region of areas/regions.csv, or add it there'
from area
where region not in (select region from region)
union all
select 'areas/areas.csv', line, 'status', status, 'is neither current nor former',
    'error', 'write current or former'
from area
where status not in ('current', 'former')
union all
select 'areas/regions.csv', line, 'nation', nation, 'is not a nation',
    'error', 'use a nation of areas/nations.csv, or add it there'
from region
where nation not in (select nation from nation)
union all
select 'areas/aliases.csv', line, 'area', area, 'is not an area',
    'error', 'use an area of areas/areas.csv, or add it there'
from area_alias
where area not in (select area from area)
union all
select 'areas/constituents.csv', line, 'area', area, 'is not an area',
    'error', 'use an area of areas/areas.csv, or add it there'
from area_constituent
where area not in (select area from area)
union all
select 'areas/successions.csv', line, 'predecessor', predecessor, 'is not an area',
    'error', 'use an area of areas/areas.csv, or add it there'
from area_succession
where predecessor not in (select area from area)
union all
select 'areas/successions.csv', line, 'successor', successor, 'is not an area',
    'error', 'use an area of areas/areas.csv, or add it there'
from area_succession
where successor not in (select area from area)
union all
select 'areas/successions.csv', line, 'successor', successor, 'cannot succeed itself',
    'error', 'name the area it became'
from area_succession
where predecessor = successor
order by file, line, "column", problem;
