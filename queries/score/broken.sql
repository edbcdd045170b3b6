-- What is wrong with the judgements, the first 100.
-- Parameters: none. Answers: file, row, column, value, rule, first_file, first_row; one row a finding.
select file, row, "column", value, rule, first_file, first_row
from broken
order by file, row, place, rule
limit 100;
