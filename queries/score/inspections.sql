-- The inspections that were judged. Parameters: none. Answers: inspection; one row an inspection, by id.
select inspection
from named
order by inspection;
