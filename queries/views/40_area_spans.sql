-- area_span: the days on which an area is counted as existing, for the N of "n of N areas". Grain: one row an area.
-- Null ends are open. A date known only to the month or year counts from its first day, and an end so dated stops
-- the day before it, so that an area and its successor are never both counted for that reason. A former area whose
-- end is unknown is counted until its last inspection, when it certainly was there, and not at all without one.
create view area_span as
with inspected as (
    select area, max(earliest) as seen
    from inspection
    group by area
)
select
    a.area,
    partial_first(a.valid_from) as from_day,
    case
        when a.valid_to is null and a.status <> 'current' then i.seen
        when length(a.valid_to) = 10 then partial_last(a.valid_to)
        else partial_first(a.valid_to) - 1
    end as to_day
from area a
left join inspected i using (area)
where a.status = 'current' or a.valid_to is not null or i.seen is not null;
