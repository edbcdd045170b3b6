-- How many rows an import added, changed, and left as they were. Parameter: $position, of the import among the decisions.
-- Grain: one row.
with outcome as (
    select is_first, changed from area_version where position = $position::integer
    union all
    select is_first, is_first from area_link where position = $position::integer
    union all
    select is_first, changed from result_version where position = $position::integer
    union all
    select is_first, changed from printed_version where position = $position::integer
    union all
    select is_first, changed from finding_version where position = $position::integer
    union all
    select is_first, changed from observation_version where position = $position::integer
),
uncontested as (
    select (select count(*) from newest_observation where position = $position::integer)
        - (select count(*) from observation_version where position = $position::integer) as rows
)
select count(*) filter (is_first) + any_value(u.rows) as added,
    count(*) filter (not is_first and changed) as changed,
    count(*) filter (not is_first and not changed) as unchanged
from uncontested u
left join outcome on true;
