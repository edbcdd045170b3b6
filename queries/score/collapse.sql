-- What a file says of each case, as bits (tables.sql), so that nothing after it reads judgements again.
--
-- Cases are told apart by a 64-bit key, which is several times faster than by two texts where rows come in any order.
-- A second 64-bit hash of the same texts is held beside it: where two cases meet under one key it differs within the
-- group, which is then merged, and the file is refused.
-- Parameters: none; reads judgement and mark. Answers nothing; one row a case and word of collapsed.
insert into collapsed
select first(inspection), first("case"), first(word), count(*), coalesce(bit_or(asked), 0), coalesce(bit_or(applicable), 0),
    coalesce(bit_or(sufficient), 0), min(other) <> max(other)
from (
    select inspection, "case", word, asked, applicable, sufficient,
        hash(inspection, "case", word) as key, hash("case", word, inspection, 1) as other
    from judgement left join mark on known = hash(judgement.question, judgement.judgement)
)
group by key;
