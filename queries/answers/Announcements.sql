-- Announcements: everything that readers were told of publications to come, by publication in the order they were announced and
-- by step.
-- Answers: announcement, act, told, title_en, title_cy, areas, expected, moment, why; one row a thing told.
create table "Announcements" as
select announcement, act, told, title_en, title_cy, areas, expected, moment, why
from announcement
order by announcement, step;
