-- The judgements of a Parquet file as text.
-- Parameters: the variable path. Answers nothing; makes the view judgement, one row a row of the file.
create or replace temp view judgement as
select inspection::varchar as inspection, "case"::varchar as "case", question::varchar as question, judgement::varchar as judgement
from read_parquet(getvariable('path'), hive_partitioning = false, binary_as_string = false);
