-- Whether anything is wrong with the judgements.
-- Parameters: none. Answers: how many cases and words hold something wrong, or inspections share their hash; one row.
select (select count(*) from unsound) + (
    select count(*) - count(distinct inspection_hash) from (select distinct inspection, inspection_hash from named)
);
