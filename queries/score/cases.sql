-- Every case of every inspection with its questions as bits (tables.sql).
-- Parameters: none. Answers: inspection, case, word, asked, applicable, sufficient; one row a case and word, in that order.
select inspection, "case", word, asked, applicable, sufficient
from collapsed
order by inspection, "case", word;
