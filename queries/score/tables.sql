-- What scoring keeps. Parameters: none. Answers nothing.
--
-- is_name: whether a text can name an inspection or a case: it begins with a letter or a digit, ends without a space,
-- holds no control character, and has at most 200 characters. is_blank: whether a cell holds nothing that can be seen.
create macro is_name(x) as regexp_full_match(x, '[\pL\pN]([^\pC]*[^\pC\pZ])?') and length(x) <= 200;
create macro is_blank(x) as x is null or regexp_full_match(x, '[\s\pZ]*');

-- collapsed: a row is what one file says of one case on up to 64 questions (a word; null for questions that are not
-- known). The questions are the bits of asked, applicable and sufficient, by mark.sql; judgements counts rows of the
-- file. merged: the rows of two cases met under one key.
create table collapsed (
    inspection varchar,
    "case" varchar,
    word integer,
    judgements bigint not null,
    asked ubigint not null,
    applicable ubigint not null,
    sufficient ubigint not null,
    merged boolean not null
);

-- suspect: the rows of the files that belong to a case with something wrong in it. file is its place among the files,
-- row its place in the file, the header being row 1.
create table suspect (
    file integer not null,
    row bigint not null,
    inspection varchar,
    "case" varchar,
    question varchar,
    judgement varchar
);

-- unsound: the rows of collapsed that hold something wrong. As many judgements as questions asked means that every
-- judgement and question is known and none stands twice.
create view unsound as
select inspection, "case", merged
from collapsed
where judgements <> bit_count(asked)
    or inspection is null or not is_name(inspection)
    or "case" is null or not is_name("case")
    or merged;

-- broken: one row a finding. place orders the columns; first_file and first_row say where a repeated judgement
-- stands first.
create view broken as
with cell as (
    select file, row, 1 as place, 'inspection' as "column", inspection as value from suspect
    union all select file, row, 2, 'case', "case" from suspect
    union all select file, row, 3, 'question', question from suspect
    union all select file, row, 4, 'judgement', judgement from suspect
),
blank as (
    select file, row, place, "column", '' as value, 'required' as rule
    from cell
    where is_blank(value)
),
unwritten as (
    select file, row, place, "column", value, 'text' as rule
    from cell
    where place <= 2 and not is_blank(value) and not is_name(value)
),
unknown as (
    select file, row, place, "column", value, "column" || '_unknown' as rule
    from cell
    where not is_blank(value)
        and (place = 3 and value not in (select question from mark)
            or place = 4 and value not in (select judgement from mark))
),
numbered as (
    select file, row, question,
        row_number() over same as time, first_value(file) over same as first_file, first_value(row) over same as first_row
    from suspect
    where not is_blank(inspection) and not is_blank("case") and not is_blank(question)
    window same as (partition by inspection, "case", question order by file, row)
)
select *, null::integer as first_file, null::bigint as first_row from blank
union all select *, null, null from unwritten
union all select *, null, null from unknown
union all select file, row, 3, 'question', question, 'row_duplicate', first_file, first_row from numbered where time > 1;
