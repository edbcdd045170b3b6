-- Which earlier decisions have rows that an import meets: of the same inspection, the same area, or the same observation.
-- Parameter: $position, of the import among the decisions. Grain: one row a decision, by position.
with met as (
    select o.position
    from given_result o
    join given_result i using (inspection)
    where i.position = $position::integer
    union
    select o.position
    from (select position, inspection from given_result union all select position, inspection from finding_version) o
    join finding_version i using (inspection)
    where i.position = $position::integer
    union
    select o.position
    from finding_version o
    join given_result i using (inspection)
    where i.position = $position::integer
    union
    select o.position
    from area_version o
    join area_version i using (area)
    where i.position = $position::integer
    union
    select o.position
    from observation_version o
    join observation_version i using (indicator, place, level, period_start, period_end)
    where i.position = $position::integer
)
select position
from met
where position > 0 and position < $position::integer
order by position;
