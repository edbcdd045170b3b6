-- The rows of one file that belong to a case with something wrong in it.
-- Parameters: 1 file, its place among the files. Answers nothing; one row a row of the file in suspect.
insert into suspect
select $1::integer, row, inspection, "case", question, judgement
from (select row_number() over () + 1 as row, inspection, "case", question, judgement from judgement)
where hash(inspection, "case") in (select hash(inspection, "case") from unsound);
