-- What several files say of each case together; a question that two of them judge is then judged more often than asked.
-- Parameters: none. Answers nothing; one row a case and word of collapsed.
create table parts as from collapsed;
truncate collapsed;
insert into collapsed
select inspection, "case", word, sum(judgements), bit_or(asked), bit_or(applicable), bit_or(sufficient), bool_or(merged)
from parts
group by inspection, "case", word;
drop table parts;
