-- In what a record differs from the one put aside. Grain: one row a row of the record that came, left or has other cells;
-- observations that came or left are counted by indicator and decision, and so are corrections of an indicator that are more
-- than $most. was_position, is_position: the decisions that gave the row; 0 for the shipped record. Parameter: $most.
with observation as (
    select coalesce(i.indicator, w.indicator) as indicator, w.cells as before, i.cells as after, w.key is null as came, i.key is null as gone,
        coalesce(w.position, 0) as was_position, coalesce(i.position, 0) as is_position
    from was_observed w
    full join observed i on i.key = w.key and i.number = w.number
    where w.key is null or i.key is null or w.cells is distinct from i.cells
),
counted as (
    select indicator, came, gone, was_position, is_position, count(*) as rows
    from observation
    where came or gone
    group by all
),
corrected as (
    select *, count(*) over (partition by indicator) as together
    from observation
    where not came and not gone
),
difference as (
    select coalesce(i.file, w.file) as file, w.cells as before, i.cells as after, w.key is null as came, i.key is null as gone, 1 as rows,
        coalesce(w.position, 0) as was_position, coalesce(i.position, 0) as is_position
    from was_state w
    full join state i on i.file = w.file and i.key = w.key
    where w.cells is distinct from i.cells
    union all
    select 'indicators/' || indicator || '.csv', null, null, came, gone, rows, was_position, is_position
    from counted
    union all
    select 'indicators/' || indicator || '.csv', before, after, false, false, 1, was_position, is_position
    from corrected
    where together <= $most::integer
    union all
    select 'indicators/' || indicator || '.csv', null, null, false, false, count(*), was_position, is_position
    from corrected
    where together > $most::integer
    group by indicator, was_position, is_position
)
select file, before, after, came, gone, rows, was_position, is_position
from difference
order by file, is_position, was_position, before, after;
