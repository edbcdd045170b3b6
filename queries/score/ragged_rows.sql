-- The rows that ragged.sql could not read when it last ran, the first 100. Parameters: none.
-- Answers: line (of the file, from 1), kind, problem, total; one row a finding, by line.
select line::bigint, error_type::varchar as kind, min(error_message) as problem, count(*) over () as total
from reject_errors
where scan_id = (select max(scan_id) from reject_errors)
group by line, error_type
order by line, kind
limit 100;
