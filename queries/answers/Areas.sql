-- The profile of every area: names, place, dates, footprint, predecessors, successors and tile. Grain: one row an area, by
-- English name. Lists are sorted and never null; tile_* are null without a tile.
-- counted_* are the days of view area_span, null where open; `counted` is whether it has any.
-- valid_* are partial dates ('2012', '2012-06', '2012-06-13').
create table "Areas" as
with
alias as (
    select area, list(alias order by alias) as aliases
    from area_alias
    group by area
),
constituent as (
    select area, list({'gss': gss, 'name': name} order by line) as constituents
    from area_constituent
    group by area
),
before as (
    select successor as area, list(predecessor order by predecessor) as predecessors
    from area_succession
    group by successor
),
after as (
    select predecessor as area, list(successor order by successor) as successors
    from area_succession
    group by predecessor
)
select
    a.area,
    a.name_en,
    a.name_cy,
    a.region,
    g.nation,
    a.police_force,
    a.valid_from,
    a.valid_to,
    a.status,
    coalesce(alias.aliases, []) as aliases,
    coalesce(constituent.constituents, []) as constituents,
    coalesce(before.predecessors, []) as predecessors,
    coalesce(after.successors, []) as successors,
    a.sources,
    tile.label as tile_label,
    tile.across as tile_across,
    tile.down as tile_down,
    s.area is not null as counted,
    s.from_day as counted_from,
    s.to_day as counted_to
from area a
join region g using (region)
left join alias using (area)
left join constituent using (area)
left join before using (area)
left join after using (area)
left join tile using (area)
left join area_span s using (area)
order by a.name_en, a.area;
