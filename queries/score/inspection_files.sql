-- Which files name which inspections. Parameters: none.
-- Answers: inspection, file (its place among the files); one row an inspection and file, by id and place.
select inspection, file
from named
order by inspection, file;
