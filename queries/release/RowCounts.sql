-- How many rows each table of a release holds, for its manifest. Grain: one row a table, by name.
select 'source' as "table", count(*) as rows from source
union all
select 'publisher' as "table", count(*) as rows from publisher
union all
select 'credit' as "table", count(*) as rows from credit
union all
select 'programme' as "table", count(*) as rows from programme
union all
select 'scale' as "table", count(*) as rows from scale
union all
select 'programme_scale' as "table", count(*) as rows from programme_scale
union all
select 'level' as "table", count(*) as rows from level
union all
select 'band' as "table", count(*) as rows from band
union all
select 'measure' as "table", count(*) as rows from measure
union all
select 'theme' as "table", count(*) as rows from theme
union all
select 'crosswalk' as "table", count(*) as rows from crosswalk
union all
select 'indicator' as "table", count(*) as rows from indicator
union all
select 'basis' as "table", count(*) as rows from basis
union all
select 'caution' as "table", count(*) as rows from caution
union all
select 'reading' as "table", count(*) as rows from reading
union all
select 'nation' as "table", count(*) as rows from nation
union all
select 'region' as "table", count(*) as rows from region
union all
select 'area' as "table", count(*) as rows from area
union all
select 'area_alias' as "table", count(*) as rows from area_alias
union all
select 'area_constituent' as "table", count(*) as rows from area_constituent
union all
select 'area_succession' as "table", count(*) as rows from area_succession
union all
select 'authority' as "table", count(*) as rows from authority
union all
select 'neighbour' as "table", count(*) as rows from neighbour
union all
select 'code_change' as "table", count(*) as rows from code_change
union all
select 'tile' as "table", count(*) as rows from tile
union all
select 'postcode' as "table", count(*) as rows from postcode
union all
select 'town' as "table", count(*) as rows from town
union all
select 'parish' as "table", count(*) as rows from parish
union all
select 'result_row' as "table", count(*) as rows from result_row
union all
select 'published_benchmark' as "table", count(*) as rows from published_benchmark
union all
select 'finding' as "table", count(*) as rows from finding
union all
select 'observation' as "table", count(*) as rows from observation
union all
select 'publication' as "table", count(*) as rows from publication
union all
select 'revision' as "table", count(*) as rows from revision
union all
select 'warning' as "table", count(*) as rows from warning
union all
select 'announcement' as "table", count(*) as rows from announcement
order by "table";
