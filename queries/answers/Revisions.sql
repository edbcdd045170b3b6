-- Revisions: everything that any release changed, the newest release first, in the order its record tells it.
-- Answers: position, subject, act, inspection, measure, place, period, field, before, after, rows, why; one row a change.
create table "Revisions" as
select position, subject, act, inspection, measure, place, period, field, before, after, rows, why
from revision
order by position desc, line;
