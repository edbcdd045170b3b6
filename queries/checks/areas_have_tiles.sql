-- The map of areas has one tile for every current area and none for a former one; no two tiles have one place or one label,
-- and each is on the map, which has room for 24 by 24. An area that was registered or ended since the map was drawn is a
-- warning: it is listed beside the map, or its tile is left off, until the map is drawn again.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
select 'areas/tiles.csv' as file, line, 'area' as "column", area as value, 'is not an area' as problem,
    'error' as severity, 'use an area of areas/areas.csv, or add it there' as fix
from tile
where area not in (select area from area)
union all
select 'areas/tiles.csv', line, 'area', area, 'has more than one tile',
    'error', 'keep one of them'
from tile
qualify count(*) over (partition by area) > 1
union all
select 'areas/tiles.csv', line, 'across', across || ' ' || down, 'is the place of more than one tile',
    'error', 'move one of them'
from tile
qualify count(*) over (partition by across, down) > 1
union all
select 'areas/tiles.csv', line, 'label', label, 'is on more than one tile',
    'error', 'give each a label of its own'
from tile
qualify count(*) over (partition by label) > 1
union all
select 'areas/tiles.csv', line, 'label', label, 'is not two to four capital letters',
    'error', 'write a label that fits the tile'
from tile
where not regexp_full_match(label, '[A-Z]{2,4}')
union all
select 'areas/tiles.csv', line, 'across', across || ' ' || down, 'is off the map',
    'error', 'give both a number from 0 to 23'
from tile
where across not between 0 and 23 or down not between 0 and 23
union all
select 'areas/tiles.csv', line, 'status', status, 'is not drawn',
    'error', 'write drawn: the layout is read from no document'
from tile
where status <> 'drawn'
union all
select 'areas/areas.csv', line, 'area', area, 'has no tile on the map',
    'warning', 'give it a place in areas/tiles.csv'
from area
where status = 'current' and area not in (select area from tile)
union all
select 'areas/tiles.csv', t.line, 'area', t.area, 'is a former area, and has a tile',
    'warning', 'take its tile off the map'
from tile t
join area a using (area)
where a.status = 'former'
order by file, line, "column", problem;
