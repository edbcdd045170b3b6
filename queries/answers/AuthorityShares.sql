-- How much of each area's people each of its authorities has, districts left aside, by residents of all ages in 2020. Grain: one
-- row an area and authority code. An area with one authority has all of it there; areas of several are left out where the
-- population of one is not known.
create table "AuthorityShares" as
with ground as (
    select c.area, c.gss, a.population_2020 as population, count(*) over of_area as authorities,
        count(a.population_2020) over of_area as counted, sum(a.population_2020) over of_area as people
    from area_constituent c
    left join authority a using (gss)
    where c.gss not like 'E07%'
    window of_area as (partition by c.area)
)
select area, gss, case authorities when 1 then 1 else population / people end as share
from ground
where authorities = 1 or (counted = authorities and people > 0)
order by area, gss;
