-- Every case with its questions as bits (tables.sql).
-- Parameters: none. Answers: inspection (its place in inspections.sql, from 0), case_hash, word, low, high; one row a
-- case and word, in that order.
with numbered as (
    select inspection_hash, row_number() over (order by inspection) - 1 as inspection from named
)
select numbered.inspection, xor(key, place & 63::ubigint) as case_hash, place & 63::ubigint as word, low, high
from collapsed join numbered on numbered.inspection_hash = place & ~63::ubigint
order by numbered.inspection, case_hash, word;
