-- What several files say of each case together; a question that two of them judge is then judged more often than asked.
-- Parameters: none. Answers nothing; one row a case and word in collapsed, and one an inspection in named.
create table part as from collapsed;
create table part_named as from named;
truncate collapsed;
truncate named;
insert into collapsed
select key, min(place), sum(judgements), bit_or(low), bit_or(high) from part group by key;
insert into named
select distinct inspection, inspection_hash from part_named;
drop table part;
drop table part_named;
