-- What a judgement of a question adds to its case: two bits, 01 for sufficient, 10 for insufficient, 11 for
-- not_applicable, at the question's place in the 64 questions of its word: the first 32 in low, the others in high. No
-- bit is set for a question that was not asked. known is the key by which judgements find their row.
-- Parameters: 1 questions, a list of ids. Answers nothing; makes the table mark, one row a question and judgement.
create table mark as
with question as (
    select unnest($1::varchar[]) as question, generate_subscripts($1::varchar[], 1) - 1 as position
),
judgement as (
    select * from (values ('sufficient', 1), ('insufficient', 2), ('not_applicable', 3)) as kind (judgement, code)
),
placed as (
    select question, (position // 64)::ubigint as word, position // 32 % 2 as half, (2 * (position % 32))::ubigint as shift
    from question
)
select hash(question, judgement) as known, question, judgement, word,
    case when half = 0 then code::ubigint << shift else 0 end as low,
    case when half = 1 then code::ubigint << shift else 0 end as high
from placed cross join judgement
order by word, question, judgement;
