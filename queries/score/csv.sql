-- The judgements of a CSV file as text: UTF-8, commas, a header, four columns in any order; a blank cell is null.
-- Parameters: the variables path and header. Answers nothing; makes the view judgement, one row a row of the file.
create or replace temp view judgement as
select
    case list_position(getvariable('header'), 'inspection') when 1 then c1 when 2 then c2 when 3 then c3 else c4 end as inspection,
    case list_position(getvariable('header'), 'case') when 1 then c1 when 2 then c2 when 3 then c3 else c4 end as "case",
    case list_position(getvariable('header'), 'question') when 1 then c1 when 2 then c2 when 3 then c3 else c4 end as question,
    case list_position(getvariable('header'), 'judgement') when 1 then c1 when 2 then c2 when 3 then c3 else c4 end as judgement
from read_csv(
    getvariable('path'), auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = '',
    comment = '', compression = 'none', encoding = 'utf-8', strict_mode = true, null_padding = false,
    columns = {'c1': 'varchar', 'c2': 'varchar', 'c3': 'varchar', 'c4': 'varchar'}
);
