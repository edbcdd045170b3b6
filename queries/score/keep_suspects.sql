-- The rows of one file in which something may be wrong: those of a case that holds something wrong, and those of a
-- question or with a judgement that is not known.
-- Parameters: 1 file, its place among the files. Answers nothing; one row a row of the file in suspect.
insert into suspect
select $1::integer, row, inspection, "case", question, judgement
from (select row_number() over () + 1 as row, inspection, "case", question, judgement from judgement)
where hash(inspection, "case") in (select case_hash from unsound where case_hash is not null)
    or hash(question, judgement) not in (select known from mark);
