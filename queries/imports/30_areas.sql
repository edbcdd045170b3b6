-- Merges imported areas into the record. A blank cell says nothing. A row that says something new of an area adds its
-- documents to the area's; one that says nothing new changes nothing.
-- area_version: an area as it was after each decision that named it; cells are its columns as the record writes them.
create or replace temp table area_version as
with given as (
    select 0 as position, line as at_line, area, name_en, name_cy, region, police_force, valid_from, valid_to, status, sources
    from area
    union all
    select i.position, i.at_line, i.area, i.name_en, i.name_cy, i.region, i.police_force, i.valid_from, i.valid_to, i.status, c.sources
    from imported_area i
    join cited c using (position, citation)
),
said as (
    select position, at_line, area, sources as own,
        last_value(name_en ignore nulls) over so_far as name_en,
        last_value(name_cy ignore nulls) over so_far as name_cy,
        last_value(region ignore nulls) over so_far as region,
        last_value(police_force ignore nulls) over so_far as police_force,
        last_value(valid_from ignore nulls) over so_far as valid_from,
        last_value(valid_to ignore nulls) over so_far as valid_to,
        last_value(status ignore nulls) over so_far as status
    from given
    window so_far as (partition by area order by position, at_line rows between unbounded preceding and current row)
),
compared as (
    select *,
        (name_en, name_cy, region, police_force, valid_from, valid_to, status)
            is distinct from lag((name_en, name_cy, region, police_force, valid_from, valid_to, status))
            over (partition by area order by position, at_line) as changed
    from said
),
sourced as (
    select *, ordered_set(list(case when changed then own else [] end) over (
            partition by area order by position, at_line rows between unbounded preceding and current row)) as sources
    from compared
),
in_cells as (
    select * exclude (own),
        [area, name_en, name_cy, region, police_force, valid_from, valid_to, status, array_to_string(sources, ';')] as cells
    from sourced
)
select *, row_number() over in_order = 1 as is_first, lag(cells) over in_order as before
from in_cells
window in_order as (partition by area order by position, at_line);

delete from area;

insert into area
with ended as (
    select *, min((position, at_line)) over (partition by area) as came
    from area_version
    qualify row_number() over (partition by area order by position desc, at_line desc) = 1
)
select area, name_en, name_cy, region, police_force, valid_from, valid_to, status, sources, row_number() over (order by came) + 1 as line
from ended;

-- area_link: other names, authorities, and what came before and after an area, as each decision names them. The first that
-- names one brings its documents.
create or replace temp table area_link as
with given as (
    select 'areas/aliases.csv' as file, 0 as position, line as at_line, 0 as nth, area as one, alias as other, null as name, sources
    from area_alias
    union all
    select 'areas/constituents.csv', 0, line, 0, area, gss, name, sources
    from area_constituent
    union all
    select 'areas/successions.csv', 0, line, 0, predecessor, successor, null, sources
    from area_succession
    union all
    select 'areas/aliases.csv', i.position, i.at_line, i.nth, i.area, i.other, null, c.sources
    from (select *, unnest(aliases) as other, unnest(range(len(aliases))) as nth from imported_area) i
    join cited c using (position, citation)
    union all
    select 'areas/constituents.csv', i.position, i.at_line, i.nth, i.area, i.other, g.name, c.sources
    from (select *, unnest(constituents) as other, unnest(range(len(constituents))) as nth from imported_area) i
    join cited c using (position, citation)
    left join authority g on g.gss = i.other
    union all
    select 'areas/successions.csv', i.position, i.at_line, i.nth, i.other, i.area, null, c.sources
    from (select *, unnest(predecessors) as other, unnest(range(len(predecessors))) as nth from imported_area) i
    join cited c using (position, citation)
    union all
    select 'areas/successions.csv', i.position, i.at_line, 100 + i.nth, i.area, i.other, null, c.sources
    from (select *, unnest(successors) as other, unnest(range(len(successors))) as nth from imported_area) i
    join cited c using (position, citation)
)
select *, row_number() over (partition by file, one, other order by position, at_line, nth) = 1 as is_first,
    case file
        when 'areas/constituents.csv' then [one, other, name, array_to_string(sources, ';')]
        else [one, other, array_to_string(sources, ';')]
    end as cells
from given;

delete from area_alias;

insert into area_alias
select one, other, sources, row_number() over (order by position, at_line, nth) + 1
from area_link
where file = 'areas/aliases.csv' and is_first;

delete from area_constituent;

insert into area_constituent
select one, other, name, sources, row_number() over (order by position, at_line, nth) + 1
from area_link
where file = 'areas/constituents.csv' and is_first;

delete from area_succession;

insert into area_succession
select one, other, sources, row_number() over (order by position, at_line, nth) + 1
from area_link
where file = 'areas/successions.csv' and is_first;
