-- Every case with its questions as bits (tables.sql).
-- Parameters: none. Answers: key, place, low, high; one row a case and word, those of an inspection together.
select key, place, low, high
from collapsed
order by place;
