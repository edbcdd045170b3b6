-- record_day: the last day that the record speaks of, one row. It is the day of the newest publication, or of the newest
-- dated result where that is later. Nothing in the record was published after it.
create view record_day as
select greatest(
    (select max(published)::date from publication),
    (select max(partial_first(published)) from result_row),
    (select max(partial_first(fieldwork)) from result_row)
) as day;
