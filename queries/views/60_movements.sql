-- measure_move: each area's way from its first to its latest result of a measure, on one scale. Grain: one row a programme,
-- scale, measure and area that has two usable results or more. `moved` is up, same or down by the scale's own order, and
-- `years` the calendar years between the two. All four are null where their dates do not say which came first.
create view measure_move as
with
usable as (
    select programme, scale, measure, area, inspection, standing, published_first, published_last
    from result
    where standing is not null
),
first_of as (
    select *
    from usable
    where published_first is not null
    qualify row_number() over (partition by programme, scale, measure, area order by published_first, inspection) = 1
),
latest_of as (
    select *
    from usable
    where published_first is not null
    qualify row_number() over (partition by programme, scale, measure, area order by published_last desc, inspection desc) = 1
),
several as (
    select programme, scale, measure, area
    from usable
    group by all
    having count(*) > 1
)
select
    s.programme,
    s.scale,
    s.measure,
    s.area,
    f.inspection as earlier,
    l.inspection as later,
    year(l.published_first) - year(f.published_first) as years,
    case sign(l.standing - f.standing) when 1 then 'up' when 0 then 'same' when -1 then 'down' end as moved
from several s
left join first_of f
    on f.programme = s.programme and f.scale = s.scale and f.measure = s.measure and f.area = s.area
    and exists (
        from latest_of n
        where n.programme = f.programme and n.scale = f.scale and n.measure = f.measure and n.area = f.area
            and n.published_first > f.published_last
    )
left join latest_of l
    on l.programme = f.programme and l.scale = f.scale and l.measure = f.measure and l.area = f.area;
