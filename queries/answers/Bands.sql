-- Every band: which word goes with which numbers, both ends included. Grain: one row a band. A null measure means
-- every measure of the programme that carries such a word.
create table "Bands" as
select programme, measure, unit, lower, upper, word, status
from band
order by programme, measure nulls first, lower, word;
