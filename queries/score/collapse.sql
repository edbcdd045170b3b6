-- What a file says of each case, as bits (tables.sql), so that nothing after it reads judgements again.
--
-- Groups are small, of fixed size, and told apart by one 64-bit key: where rows come in any order that is several times
-- faster than by two texts. Two of n cases meet under a key with a probability below n² in 2^65 (one in ten million for
-- a hundred million judgements of 1.7 million cases), and a question asked in both then counts as judged twice.
-- Where the questions are one word, as those of a programme are, the key is the hash itself, which is quicker to group.
-- Parameters: the variable words, how many words the questions are; reads judgement and mark. Answers nothing; one row a
-- case and word in collapsed.
insert into collapsed
select key, min(place), count(*), coalesce(bit_or(low), 0), coalesce(bit_or(high), 0)
from (
    select
        case when getvariable('words') = 1 then hash(inspection, "case")
            else xor(hash(inspection, "case"), coalesce(word, 0)) end as key,
        case when getvariable('words') = 1 then inspection_hash(inspection)
            else inspection_hash(inspection) | coalesce(word, 0) end as place,
        low, high
    from judgement left join mark on known = hash(judgement.question, judgement.judgement)
)
group by key;
