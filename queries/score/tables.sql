-- What scoring keeps. Parameters: none. Answers nothing.
--
-- blank: what a blank cell may hold. Cases are held to it by their hash, so it is a list.
create table blank as
select unnest([null, '', chr(9), chr(160)] || list_transform(range(1, 21), n -> repeat(' ', n))) as content;

-- is_blank: whether a cell is blank. is_inspection: whether a text can name an inspection: it begins with a letter or a
-- digit, ends without a space, holds no control character, and has at most 200 characters.
create macro is_blank(x) as x is null or x in (select content from blank where content is not null);
create macro is_inspection(x) as regexp_full_match(x, '[\pL\pN]([^\pC]*[^\pC\pZ])?') and length(x) <= 200;

-- inspection_hash: the hash by which collapsed knows an inspection, its last six bits off. questions_in: how many
-- questions are asked in one half of a word, by mark.sql.
create macro inspection_hash(x) as hash(x) & ~63::ubigint;
create macro questions_in(half) as bit_count((half | (half >> 1)) & 6148914691236517205::ubigint);

-- named: the inspections that each file names. file is its place among the files.
create table named (inspection varchar, inspection_hash ubigint not null, file integer not null);

-- collapsed: a row is what one file says of one case on up to 64 questions (a word), by the bits of mark.sql in low and
-- high. judgements counts rows of the file. key is the hash of the inspection and the case, xor the word's number; place
-- is the hash of the inspection with the word's number in its last six bits. A judgement of a question or with a word
-- that is not known counts and sets no bit.
create table collapsed (
    key ubigint not null,
    place ubigint not null,
    judgements bigint not null,
    low ubigint not null,
    high ubigint not null
);

-- case_hash: the hash of an inspection and a case, from the key and place of collapsed.
create macro case_hash(key, place) as xor(key, place & 63::ubigint);

-- unsound: the cases that hold something wrong. As many judgements as questions asked means that every judgement and
-- question is known and none stands twice.
create view unsound as
select case_hash(key, place) as case_hash
from collapsed
where judgements <> questions_in(low) + questions_in(high)
    or case_hash(key, place) in (select hash(inspection, content) from named cross join blank)
    or (place & ~63::ubigint) in (select inspection_hash from named where inspection is null or not is_inspection(inspection));

-- suspect: the rows of the files in which something may be wrong. file is its place among the files, row its place in
-- the file, the header being row 1.
create table suspect (
    file integer not null,
    row bigint not null,
    inspection varchar,
    "case" varchar,
    question varchar,
    judgement varchar
);

-- broken: one row a finding. place orders the columns; first_file and first_row say where a repeated judgement
-- stands first.
create view broken as
with cell as (
    select file, row, 1 as place, 'inspection' as "column", inspection as value, is_inspection(inspection) as good,
        'text' as rule
    from suspect
    union all select file, row, 2, 'case', "case", not is_blank("case"), 'text' from suspect
    union all select file, row, 3, 'question', question, question in (select question from mark), 'question_unknown'
    from suspect
    union all select file, row, 4, 'judgement', judgement, judgement in (select judgement from mark), 'judgement_unknown'
    from suspect
),
bad as (
    select file, row, place, "column", coalesce(value, '') as value, case when is_blank(value) then 'required' else rule end as rule
    from cell
    where good is not true
),
numbered as (
    select file, row, question,
        row_number() over same as time, first_value(file) over same as first_file, first_value(row) over same as first_row
    from suspect
    where is_inspection(inspection) and not is_blank("case") and hash(question, judgement) in (select known from mark)
    window same as (partition by inspection, "case", question order by file, row)
)
select *, null::integer as first_file, null::bigint as first_row from bad
union all select file, row, 3, 'question', question, 'row_duplicate', first_file, first_row from numbered where time > 1;
