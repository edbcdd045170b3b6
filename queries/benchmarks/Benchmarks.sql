-- Lowest, highest, average, median and quartiles of measures over groups of areas, as of each day asked for, over the newest
-- result of each area that was published for certain by that day. Grain: one row a programme, scale, measure, group and
-- `as_of`; a null as_of is the whole record, over the areas there are today. A group without a result has no row.
--
-- Parameters: $programme and $measure, '' for every one. $days are days as text, '' for the whole record. $groups are kinds
-- of group: all, nation, region, family (the statistical neighbours of the area $of) and list (the areas of $areas). $of
-- narrows nations and regions to those of one area, and gives that area's own place among the other areas of its groups; ''
-- for none. $without leaves $of out of its groups. $inspection is the one of $of to place, '' for its newest by each day.
--
-- `n` areas have a usable result: a word of the scale, or a percent. `areas` is how many the group had on the day; a family
-- and a list have as many as they name. `undated` counts the areas left out because of their dates: all their results may or
-- may not have been published by then, or which is the newest is not known. The numbers (lowest to q3, in `unit`) are over the `valued` areas that have one; quartiles are
-- type 7 (linear). `levels` counts areas at each position of the scale. `members` are the areas and their inspections.
-- `own` is the inspection of $of that is placed, null where there is none; better + same + worse are the other areas.
with
asked as (
    select distinct try_cast(nullif(day, '') as date) as as_of
    from unnest($days::varchar[]) as d(day)
),
member as (
    select g.kind, g.name, g.area
    from group_member g
    where list_contains($groups::varchar[], g.kind)
        and ($of::varchar = '' or exists (from group_member o where o.kind = g.kind and o.name = g.name and o.area = $of::varchar))
    union all
    select distinct 'family', area, neighbour
    from neighbour
    where list_contains($groups::varchar[], 'family') and area = $of::varchar and neighbour <> area
    union all
    select distinct 'list', 'list', listed
    from unnest($areas::varchar[]) as l(listed)
    where list_contains($groups::varchar[], 'list')
),
compared as (
    -- `today` is whether the whole record counts the area: one that is no more has its results in the benchmarks of its time
    select m.kind, m.name, m.area, m.kind in ('family', 'list') or (s.area is not null and s.to_day is null) as today
    from member m
    left join area_span s using (area)
    where not ($without::boolean and m.area = $of::varchar)
),
size as (
    select
        c.kind,
        c.name,
        d.as_of,
        case when c.kind in ('family', 'list') then count(*) else count(s.area) end as areas
    from compared c
    cross join asked d
    left join area_span s on s.area = c.area and case
        when d.as_of is null then s.to_day is null
        else coalesce(s.from_day <= d.as_of, true) and coalesce(s.to_day >= d.as_of, true)
    end
    group by c.kind, c.name, d.as_of
),
possible as (
    -- every usable result that may have been published by each day; `certain` where it was
    select d.as_of, r.*, d.as_of is null or r.latest <= d.as_of as certain
    from result r
    join asked d on d.as_of is null or r.earliest <= d.as_of
    where r.standing is not null
        and ($programme::varchar = '' or r.programme = $programme::varchar)
        and ($measure::varchar = '' or r.measure = $measure::varchar)
),
surviving as (
    -- those that no certain one of the same area is surely later than
    select *
    from possible
    where certain
    qualify max(earliest) over (partition by as_of, programme, scale, measure, area) <= latest
),
newest as (
    select *
    from surviving
    qualify count(*) over (partition by as_of, programme, scale, measure, area) = 1
),
placed as (
    select d.as_of, r.programme, r.scale, r.measure, r.inspection, r.standing
    from result r
    cross join asked d
    where r.inspection = $inspection::varchar and r.standing is not null
    union all
    select as_of, programme, scale, measure, inspection, standing
    from newest
    where $inspection::varchar = '' and area = $of::varchar
),
counted as (
    select c.kind, c.name, l.*, o.inspection as own, o.standing as own_standing
    from newest l
    join compared c on c.area = l.area and (l.as_of is not null or c.today)
    left join placed o
        on o.as_of is not distinct from l.as_of
        and o.programme = l.programme and o.scale = l.scale and o.measure = l.measure
),
summary as (
    select
        programme,
        scale,
        measure,
        kind,
        name,
        as_of,
        count(*) as n,
        count(value) as valued,
        any_value(unit) as unit,
        min(value) as lowest,
        max(value) as highest,
        avg(value) as average,
        quartiles(value) as quartiles,
        list({'area': area, 'inspection': inspection, 'value': value} order by area) as members,
        histogram(position) as levels,
        any_value(own) as own,
        count(*) filter (where area <> $of::varchar and standing > own_standing) as better,
        count(*) filter (where area <> $of::varchar and standing = own_standing) as same,
        count(*) filter (where area <> $of::varchar and standing < own_standing) as worse
    from counted
    group by programme, scale, measure, kind, name, as_of
),
in_doubt as (
    -- areas of which some result may have been published by then, and none is sure to be the newest
    select p.programme, p.scale, p.measure, c.kind, c.name, p.as_of, count(*) as undated
    from (
        select as_of, programme, scale, measure, area from possible
        except
        select as_of, programme, scale, measure, area from newest
    ) p
    join compared c on c.area = p.area and (p.as_of is not null or c.today)
    group by p.programme, p.scale, p.measure, c.kind, c.name, p.as_of
)
select
    s.programme,
    s.scale,
    s.measure,
    s.kind,
    s.name,
    s.as_of,
    s.n,
    z.areas,
    coalesce(u.undated, 0) as undated,
    s.valued,
    s.unit,
    s.lowest,
    [m.area for m in s.members if m.value = s.lowest] as lowest_areas,
    s.highest,
    [m.area for m in s.members if m.value = s.highest] as highest_areas,
    s.average,
    s.quartiles[1] as q1,
    s.quartiles[2] as median,
    s.quartiles[3] as q3,
    [{'position': e.key, 'areas': e.value::integer} for e in map_entries(s.levels)] as levels,
    [{'area': m.area, 'inspection': m.inspection} for m in s.members] as members,
    s.own,
    s.better,
    s.same,
    s.worse
from summary s
join size z on z.kind = s.kind and z.name = s.name and z.as_of is not distinct from s.as_of
left join in_doubt u
    on u.programme = s.programme and u.scale = s.scale and u.measure = s.measure
    and u.kind = s.kind and u.name = s.name and u.as_of is not distinct from s.as_of
order by s.programme, s.measure, s.kind, s.name, s.scale desc, s.as_of nulls last;
