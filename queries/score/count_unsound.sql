-- Whether anything is wrong with the judgements.
-- Parameters: none. Answers: cases and words in all, those with something wrong, and those merged; one row.
select (select count(*) from collapsed), count(*), count(*) filter (where merged)
from unsound;
