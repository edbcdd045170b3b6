-- What several files say of each case together; a question that two of them judge is then judged more often than asked.
-- Parameters: none. Answers nothing; one row a case and word in collapsed.
create table part as from collapsed;
truncate collapsed;
insert into collapsed
select key, min(place), sum(judgements), bit_or(low), bit_or(high) from part group by key;
drop table part;
