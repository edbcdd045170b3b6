-- Lowest, highest, average, median and quartiles of every measure over every group, at every day on which the
-- answer may change (the first and the last day that a published date may mean). Grain: one row a programme, scale,
-- measure, group and `as_of`: the row holds from that day until the next; before the first row nothing is known to
-- have been published. A null as_of is the whole record, results without a known date included.
-- Over the latest result of each area published for certain by that day; `undated` counts the areas of the group
-- left out because their only results may or may not have been published by then.
-- `n` areas have a usable result: a word of the scale, or a percent. The numbers (lowest to q3, in `unit`) are over
-- the `valued` areas that have one; quartiles are type 7 (linear). `levels` counts areas at each position of the scale.
create table benchmark as
with
held as (
    -- each usable result with the day on which the area's next one takes its place
    select
        r.*,
        lead(published_last) over newer as replaced_on,
        lead(inspection) over newer is null as newest
    from result r
    where standing is not null
    window newer as (
        partition by programme, scale, measure, area
        order by published_last nulls first, inspection
    )
),
grouped as (
    select m.kind, m.name, h.*
    from held h
    join group_member m using (area)
),
step as (
    select distinct g.programme, g.scale, g.measure, g.kind, g.name, d.as_of
    from grouped g
    cross join unnest([g.published_first, g.published_last, null]) as d(as_of)
),
counted as (
    select s.as_of, g.*
    from step s
    join grouped g using (programme, scale, measure, kind, name)
    where case
        when s.as_of is null then g.newest
        else g.published_last <= s.as_of and (g.replaced_on is null or g.replaced_on > s.as_of)
    end
),
summary as (
    select
        programme, scale, measure, kind, name, as_of,
        count(*) as n,
        count(value) as valued,
        any_value(unit) as unit,
        min(value) as lowest,
        max(value) as highest,
        avg(value) as average,
        quartiles(value) as quartiles,
        list({'area': area, 'value': value} order by area) as members,
        histogram(position) as levels
    from counted
    group by programme, scale, measure, kind, name, as_of
),
unplaced as (
    -- areas whose every result may have been published by then and none is sure to have been
    select programme, scale, measure, kind, name, as_of, count(*) as undated
    from (
        select s.programme, s.scale, s.measure, s.kind, s.name, s.as_of, g.area
        from step s
        join grouped g using (programme, scale, measure, kind, name)
        where s.as_of is not null and coalesce(g.published_first <= s.as_of, true)
        group by all
        having not bool_or(coalesce(g.published_last <= s.as_of, false))
    )
    group by all
)
select
    s.programme,
    s.scale,
    s.measure,
    s.kind,
    s.name,
    s.as_of,
    s.n,
    s.valued,
    coalesce(u.undated, 0) as undated,
    s.unit,
    s.lowest,
    [m.area for m in s.members if m.value = s.lowest] as lowest_areas,
    s.highest,
    [m.area for m in s.members if m.value = s.highest] as highest_areas,
    s.average,
    s.quartiles[1] as q1,
    s.quartiles[2] as median,
    s.quartiles[3] as q3,
    [{'position': e.key, 'areas': e.value::integer} for e in map_entries(s.levels)] as levels
from summary s
left join unplaced u
    on u.programme = s.programme and u.scale = s.scale and u.measure = s.measure
    and u.kind = s.kind and u.name = s.name and u.as_of = s.as_of
order by s.programme, s.scale, s.measure, s.kind, s.name, s.as_of nulls last;
