-- The rows of one file in which something may be wrong: those of every case that holds something wrong.
-- Parameters: 1 file, its place among the files. Answers nothing; one row a row of the file in suspect.
insert into suspect
select $1::integer, row, inspection, "case", question, judgement
from (select row_number() over () + 1 as row, inspection, "case", question, judgement from judgement)
where hash(inspection, "case") in (select case_hash from unsound);
