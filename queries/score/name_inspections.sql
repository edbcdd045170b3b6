-- The inspections that a file names.
-- Parameters: 1 file, its place among the files; reads judgement. Answers nothing; one row an inspection of the file in
-- named.
insert into named
select inspection, inspection_hash(inspection), $1::integer
from (select distinct inspection from judgement);
