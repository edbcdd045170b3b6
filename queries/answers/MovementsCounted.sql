-- How many areas of a group moved which way between their first and latest result of a measure. Grain: one row a programme,
-- scale, measure and group that has any area with two. `areas` = up + same + down; `unordered` areas have two results whose
-- dates do not say which came first. `median_years` lie between the two, over the areas.
create table "MovementsCounted" as
select
    v.programme,
    v.scale,
    v.measure,
    m.kind,
    m.name,
    count(v.moved) as areas,
    count(*) filter (where v.moved = 'up') as up,
    count(*) filter (where v.moved = 'same') as same,
    count(*) filter (where v.moved = 'down') as down,
    count(*) - count(v.moved) as unordered,
    quantile_cont(v.years::double, 0.5) as median_years
from "Movements" v
join group_member m using (area)
group by all
order by v.programme, v.scale, v.measure, m.kind, m.name;
