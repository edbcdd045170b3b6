-- Lowest, highest, average, median and quartiles of every measure over every group, at every day on which the
-- answer may change (the first and the last day that a result may have been published on). Grain: one row a programme, scale,
-- measure, group and `as_of`: the row holds from that day until the next; before the first row nothing is known to
-- have been published. A null as_of is the whole record, over the areas there
-- are today: an area that is no more has its results in the benchmarks of its time.
-- Over the newest result of each area published for certain by that day; `undated` counts the areas of the group left out
-- because of their dates: all their results may or may not have been published by then, or which is the newest is not known.
-- `n` areas have a usable result: a word of the scale, or a percent. The numbers (lowest to q3, in `unit`) are over
-- the `valued` areas that have one; quartiles are type 7 (linear). `levels` counts areas at each position of the scale.
create table benchmark as
with
usable as (
    select * from result where standing is not null
),
replaced as (
    -- the day from which a surely later result of the area is surely out
    select r.inspection, r.measure, min(n.latest) as replaced_on
    from usable r
    join usable n
        on n.programme = r.programme and n.scale = r.scale and n.measure = r.measure and n.area = r.area and n.earliest > r.latest
    group by r.inspection, r.measure
),
grouped as (
    select m.kind, m.name, r.*, p.replaced_on, s.area is not null and s.to_day is null as current
    from usable r
    join group_member m using (area)
    left join area_span s using (area)
    left join replaced p on p.inspection = r.inspection and p.measure = r.measure
),
step as (
    select distinct g.programme, g.scale, g.measure, g.kind, g.name, d.as_of
    from grouped g
    cross join unnest([g.earliest, g.latest, null]) as d(as_of)
),
newest as (
    select s.as_of, g.*, count(*) over (
        partition by g.programme, g.scale, g.measure, g.kind, g.name, s.as_of, g.area
    ) = 1 as alone
    from step s
    join grouped g using (programme, scale, measure, kind, name)
    where case
        when s.as_of is null then g.current and g.replaced_on is null
        else g.latest <= s.as_of and (g.replaced_on is null or g.replaced_on > s.as_of)
    end
),
counted as (
    select * from newest where alone
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
    -- areas of which some result may have been published by then, and none is sure to be the newest
    select s.programme, s.scale, s.measure, s.kind, s.name, s.as_of, count(distinct g.area) as undated
    from step s
    join grouped g using (programme, scale, measure, kind, name)
    left join counted c
        on c.programme = s.programme and c.scale = s.scale and c.measure = s.measure
        and c.kind = s.kind and c.name = s.name and c.as_of is not distinct from s.as_of and c.area = g.area
    where case when s.as_of is null then g.current else g.earliest <= s.as_of end and c.area is null
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
    and u.kind = s.kind and u.name = s.name and u.as_of is not distinct from s.as_of
order by s.programme, s.scale, s.measure, s.kind, s.name, s.as_of nulls last;
