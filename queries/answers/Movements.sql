-- Each area's way from its first to its latest result of a measure, on one scale. Grain: one row a programme, scale, measure and
-- area that has two usable results or more, in that order. `moved` is up, same or down by the scale's own order, and `years` the
-- calendar years between the two (null where the year of one is not known). All are null where the bounds of their dates do not
-- say which came first, or which came last.
create table "Movements" as
with
usable as (
    select programme, scale, measure, area, inspection, standing, earliest, latest
    from result
    where standing is not null
),
first_of as (
    -- the one result that every other of the area is surely later than
    select *
    from usable
    qualify row_number() over (partition by programme, scale, measure, area order by latest, inspection) = 1
        and latest < min(earliest) over (
            partition by programme, scale, measure, area
            order by latest, inspection
            rows between 1 following and unbounded following
        )
),
ordered as (
    select
        f.programme, f.scale, f.measure, f.area,
        f.inspection as earlier,
        l.inspection as later,
        case
            when year(l.earliest) = year(l.latest) and year(f.earliest) = year(f.latest) then year(l.earliest) - year(f.earliest)
        end as years,
        case sign(l.standing - f.standing) when 1 then 'up' when 0 then 'same' when -1 then 'down' end as moved
    from first_of f
    join newest_result l
        on l.programme = f.programme and l.scale = f.scale and l.measure = f.measure and l.area = f.area
        and l.alone and l.inspection <> f.inspection
),
several as (
    select programme, scale, measure, area
    from usable
    group by all
    having count(*) > 1
)
select s.programme, s.scale, s.measure, s.area, o.earlier, o.later, o.years, o.moved
from several s
left join ordered o using (programme, scale, measure, area)
order by s.programme, s.scale, s.measure, s.area;
