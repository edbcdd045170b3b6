-- The inspections that were judged. Parameters: none. Answers: inspection, inspection_hash; one row an inspection, by id.
select distinct inspection, inspection_hash
from named
order by inspection;
