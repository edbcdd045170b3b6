-- What a judgement of a question adds to its case: the question's bit in asked, in applicable unless the judgement is
-- not_applicable, in sufficient if it is. A word is 64 questions, in the order given; known is the key by which
-- judgements find their row.
-- Parameters: 1 questions, a list of ids. Answers nothing; makes the table mark, one row a question and judgement.
create table mark as
with question as (
    select unnest($1::varchar[]) as question, generate_subscripts($1::varchar[], 1) - 1 as position
),
judgement as (
    select * from (values ('sufficient', true, true), ('insufficient', true, false), ('not_applicable', false, false))
        as kind (judgement, applicable, sufficient)
),
bit as (
    select question, (position // 64)::integer as word, 1::ubigint << (position % 64)::ubigint as asked from question
)
select hash(question, judgement) as known, question, judgement, word, asked,
    case when applicable then asked else 0 end as applicable,
    case when sufficient then asked else 0 end as sufficient
from bit cross join judgement
order by word, question, judgement;
