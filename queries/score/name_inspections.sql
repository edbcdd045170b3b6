-- The inspections that a file names.
-- Parameters: none; reads judgement. Answers nothing; one row an inspection of the file in named.
insert into named
select inspection, inspection_hash(inspection)
from (select distinct inspection from judgement);
