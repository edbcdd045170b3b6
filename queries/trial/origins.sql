-- Which row of which import a row of the record comes from: of several, the last that changed it. Parameter: $places, lines of
-- "number|file|line". Grain: one row a place that an import gave.
with place as (
    select split_part(text, '|', 1)::integer as number, split_part(text, '|', 2) as file, split_part(text, '|', 3)::integer as line
    from (select unnest(string_split($places::varchar, chr(10))) as text)
),
origin as (
    select 'results/' || r.programme || '.csv' as file, r.line, max(v.position) as position, arg_max(v.at_line, v.position) as at_line
    from result_row r
    join result_version v on v.inspection = r.inspection and v.measure = r.measure and v.changed
    group by r.programme, r.line
    union all
    select 'benchmarks/published.csv', b.line, max(v.position), arg_max(v.at_line, v.position)
    from published_benchmark b
    join printed_version v on v.inspection = b.inspection and v.measure = b.measure and v.changed
    group by b.line
    union all
    select 'findings/' || f.programme || '.csv', f.line, max(v.position), arg_max(v.at_line, v.position)
    from finding f
    join finding_version v on v.inspection = f.inspection and v.kind = f.kind and v.nth = f.position and v.changed
    group by f.programme, f.line
    union all
    select 'areas/areas.csv', a.line, max(v.position), arg_max(v.at_line, v.position)
    from area a
    join area_version v on v.area = a.area and v.changed
    group by a.line
    union all
    select 'areas/aliases.csv', a.line, l.position, l.at_line
    from area_alias a
    join area_link l on l.file = 'areas/aliases.csv' and l.one = a.area and l.other = a.alias and l.is_first
    union all
    select 'areas/constituents.csv', a.line, l.position, l.at_line
    from area_constituent a
    join area_link l on l.file = 'areas/constituents.csv' and l.one = a.area and l.other = a.gss and l.is_first
    union all
    select 'areas/successions.csv', a.line, l.position, l.at_line
    from area_succession a
    join area_link l on l.file = 'areas/successions.csv' and l.one = a.predecessor and l.other = a.successor and l.is_first
    union all
    select 'SOURCES.csv', s.line, d.came.position, d.came.line
    from source s
    join listed d on d.id = s.source
    union all
    select 'indicators/' || indicator || '.csv', line, max(position), arg_max(at_line, position)
    from observation_version
    where changed
    group by indicator, line
    union all
    select 'indicators/' || indicator || '.csv', line, position, at_line
    from imported_observation
    anti join contested using (key)
    where line in (select line from place where file like 'indicators/%')
)
select p.number, o.position, o.at_line
from place p
join origin o using (file, line)
where o.position > 0;
