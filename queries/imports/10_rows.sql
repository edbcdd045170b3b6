-- Reads what the register decided: imports, each as a file of typed rows named by its position among the decisions, and
-- inspections that were withdrawn. `at_line` is the row's line in the imported file. All tables here are temporary.
create or replace temp table decision as
select position, kind, inspection
from read_csv('imports/decisions.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        position: 'integer',
        kind: 'varchar',
        sha256: 'varchar',
        inspection: 'varchar'
    });

create or replace temp table imported_result as
select parse_filename(filename, true)::integer as position, * exclude (filename)
from read_parquet('imports/results/*.parquet', filename = true);

create or replace temp table imported_area as
select parse_filename(filename, true)::integer as position, * exclude (filename)
from read_parquet('imports/areas/*.parquet', filename = true);

create or replace temp table imported_score as
select parse_filename(filename, true)::integer as position, * exclude (filename)
from read_parquet('imports/scores/*.parquet', filename = true);

create or replace temp table imported_finding as
select parse_filename(filename, true)::integer as position, * exclude (filename)
from read_parquet('imports/findings/*.parquet', filename = true);

-- Observations may be millions, so they are read from their files wherever they are needed.
create or replace temp view newest_observation as
select parse_filename(filename, true)::integer as position, * exclude (filename)
from read_parquet('imports/indicators/*.parquet', filename = true);

-- scope: the places and the time that a trial is about. Grain: one row a place. Empty where everything is built.
create or replace temp table scope as
select place, level, min(period_start) as first_day, max(period_end) as last_day
from read_parquet('imports/scope/*.parquet')
group by place, level;

-- Of the other imports, a trial needs the rows that a row of the scope can contradict: same place, overlapping time.
create or replace temp table earlier_observation as
select parse_filename(filename, true)::integer as position, e.* exclude (filename)
from read_parquet('imports/earlier/*.parquet', filename = true) e
join scope s on s.place = e.place and s.level = e.level and e.period_start <= s.last_day and e.period_end >= s.first_day;

-- shipped_citation: the documents that rows of the record cited before any import.
create or replace temp table shipped_citation as
select distinct unnest(sources) as source
from (
    select sources from result_row
    union select sources from published_benchmark
    union select sources from observation
    union select sources from finding
    union select sources from area
);
