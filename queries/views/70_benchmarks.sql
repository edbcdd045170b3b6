-- Lowest, highest, average, median and quartiles of measures over groups of areas, for each of the places asked for: a day,
-- and if wanted an area or one of its inspections to set beside its groups. Grain: one row a place asked for, programme,
-- scale, measure and group; a group without a result has no row.
--
-- What counts is the newest result of each area that was published for certain by the day, over the areas that there were on
-- it; the whole record, where as_of is null, is over the areas there are today.
--
-- Parameters: `only_programme` and `only_measure`, '' for every one. `days_asked`, `areas_asked` and `inspections_asked` are
-- lists of one length, an element for each place asked for, '' for none: the day as text; an area, which narrows nations and
-- regions to its own and is placed among the other areas of its groups; the one of its inspections to place, its newest by the
-- day for ''. An inspection also narrows the answer to its programme. `kinds_asked` are kinds of group: all, nation, region,
-- family (the statistical neighbours of the area) and list (the areas of `areas_listed`). `without_asked` leaves the area out
-- of its groups. `with_members` is whether `members` are wanted: they are many.
--
-- `asked` is the position of the place in the lists, from 0. `n` areas have a usable result: a word of the scale, or a
-- percent. `areas` is how many the group had on the day; a family and a list have as many as they name. `undated` counts the
-- areas left out because of their dates: all their results may or may not have been published by then, or which is the
-- newest is not known. The numbers (lowest to q3, in `unit`) are over the `valued` areas that have one: the deviation has
-- n - 1 below the line, and quartiles are type 7 (linear). `levels` counts areas at each position of the scale. `members` are
-- the areas and their inspections. `own` is the inspection that is placed, null where there is none; better + same + worse
-- are the other areas.
create macro benchmarks(only_programme, only_measure, days_asked, areas_asked, inspections_asked, kinds_asked, areas_listed,
    without_asked, with_members) as table
with
asked as (
    select a.asked, try_cast(nullif(a.day, '') as date) as as_of, nullif(a.area, '') as area, i.inspection, i.programme
    from (
        select
            generate_subscripts(days_asked, 1) - 1 as asked,
            unnest(days_asked) as day,
            unnest(areas_asked) as area,
            unnest(inspections_asked) as inspection
    ) a
    left join inspection i on i.inspection = a.inspection
),
member as (
    select a.asked, a.as_of, a.area as of_area, g.kind, g.name, g.area
    from asked a
    cross join group_member g
    where a.area is null and list_contains(kinds_asked, g.kind)
    union all
    select a.asked, a.as_of, a.area, g.kind, g.name, g.area
    from asked a
    join group_member o on o.area = a.area
    join group_member g on g.kind = o.kind and g.name = o.name
    where list_contains(kinds_asked, g.kind)
    union all
    select distinct a.asked, a.as_of, a.area, 'family', n.area, n.neighbour
    from asked a
    join neighbour n on n.area = a.area and n.neighbour <> n.area
    where list_contains(kinds_asked, 'family')
    union all
    select distinct a.asked, a.as_of, a.area, 'list', 'list', l.listed
    from asked a
    cross join unnest(areas_listed) as l(listed)
    where list_contains(kinds_asked, 'list')
),
compared as materialized (
    -- the areas of each group that there were on the day
    select m.asked, m.as_of, m.of_area, m.kind, m.name, m.area
    from member m
    left join area_span s using (area)
    where not (without_asked and m.area is not distinct from m.of_area)
        and (
            m.kind in ('family', 'list')
            or s.area is not null and case
                when m.as_of is null then s.to_day is null
                else coalesce(s.from_day <= m.as_of, true) and coalesce(s.to_day >= m.as_of, true)
            end
        )
),
size as (
    select asked, kind, name, count(*) as areas
    from compared
    group by asked, kind, name
),
possible as (
    -- every usable result that may have been published by each day; `certain` where it was
    select d.as_of, r.*, d.as_of is null or r.latest <= d.as_of as certain
    from result r
    join (select distinct as_of from asked) d on d.as_of is null or r.earliest <= d.as_of
    where r.standing is not null
        and (only_programme = '' or r.programme = only_programme)
        and (only_measure = '' or r.measure = only_measure)
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
    select a.asked, r.programme, r.scale, r.measure, r.inspection, r.standing
    from asked a
    join result r using (inspection)
    where r.standing is not null
    union all
    select a.asked, r.programme, r.scale, r.measure, r.inspection, r.standing
    from asked a
    join newest r on r.area = a.area and r.as_of is not distinct from a.as_of
    where a.inspection is null
),
counted as (
    select c.asked, c.of_area, c.kind, c.name, l.*, o.inspection as own, o.standing as own_standing
    from compared c
    join asked a on a.asked = c.asked
    join newest l
        on l.area = c.area and l.as_of is not distinct from c.as_of
        and (a.programme is null or l.programme = a.programme)
    left join placed o
        on o.asked = c.asked
        and o.programme = l.programme and o.scale = l.scale and o.measure = l.measure
),
summary as (
    select
        asked,
        programme,
        scale,
        measure,
        kind,
        name,
        any_value(as_of) as as_of,
        count(*) as n,
        count(value) as valued,
        any_value(unit) as unit,
        min(value) as lowest,
        max(value) as highest,
        avg(value) as average,
        stddev_samp(value) as deviation,
        quartiles(value) as quartiles,
        list({'area': area, 'inspection': inspection, 'value': value} order by area) as members,
        histogram(position) as levels,
        any_value(own) as own,
        count(*) filter (where area is distinct from of_area and standing > own_standing) as better,
        count(*) filter (where area is distinct from of_area and standing = own_standing) as same,
        count(*) filter (where area is distinct from of_area and standing < own_standing) as worse
    from counted
    group by asked, programme, scale, measure, kind, name
),
in_doubt as (
    -- areas of which some result may have been published by then, and none is sure to be the newest
    select c.asked, p.programme, p.scale, p.measure, c.kind, c.name, count(*) as undated
    from (
        select as_of, programme, scale, measure, area from possible
        except
        select as_of, programme, scale, measure, area from newest
    ) p
    join compared c on c.area = p.area and c.as_of is not distinct from p.as_of
    group by c.asked, p.programme, p.scale, p.measure, c.kind, c.name
)
select
    s.asked,
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
    s.deviation,
    s.quartiles[1] as q1,
    s.quartiles[2] as median,
    s.quartiles[3] as q3,
    [{'position': e.key, 'areas': e.value::integer} for e in map_entries(s.levels)] as levels,
    case when with_members then [{'area': m.area, 'inspection': m.inspection} for m in s.members] end as members,
    s.own,
    s.better,
    s.same,
    s.worse
from summary s
join size z using (asked, kind, name)
left join in_doubt u using (asked, programme, scale, measure, kind, name)
order by s.asked, s.programme, s.measure, s.kind, s.name, s.scale desc;
