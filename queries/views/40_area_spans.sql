-- area_span: the days on which an area is counted as existing, for the N of "n of N areas". Grain: one row an area.
-- Null ends are open. A date known only to the month or year counts from its first day, and an end so dated stops
-- the day before it, so that an area and its successor are never both counted for that reason. A former area whose
-- end is unknown is never counted: its successor, whose start is then unknown too, is.
create view area_span as
select
    area,
    partial_first(valid_from) as from_day,
    case
        when length(valid_to) = 10 then partial_last(valid_to)
        else partial_first(valid_to) - 1
    end as to_day
from area
where status = 'current' or valid_to is not null;
