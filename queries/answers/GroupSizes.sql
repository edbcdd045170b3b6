-- How many areas each group had, from each day on which that number changed: the N of "n of N areas". Grain: one row a group
-- and day; `from_day` is null on the first row of a group (since before any dated change). The rule for areas with unknown
-- dates is that of the view area_span.
create table "GroupSizes" as
with
change as (
    select m.kind, m.name, s.from_day as day, 1 as delta
    from group_member m
    join area_span s using (area)
    union all
    select m.kind, m.name, s.to_day + 1, -1
    from group_member m
    join area_span s using (area)
    where s.to_day is not null
),
by_day as (
    select kind, name, day, sum(delta) as delta
    from change
    group by kind, name, day
    having sum(delta) <> 0 -- one area in the place of another changes no number
)
select
    kind,
    name,
    day as from_day,
    sum(delta) over (partition by kind, name order by day nulls first rows unbounded preceding)::integer as areas
from by_day
order by kind, name, from_day nulls first;
