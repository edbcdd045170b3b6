-- DuckDB's own read of a file of indicators, with the types that its columns have. Parameter: the file.
create table observation as
select *
from read_csv(?, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        area: 'varchar',
        indicator: 'varchar',
        period_start: 'date',
        period_end: 'date',
        value: 'double',
        lower: 'double',
        upper: 'double',
        numerator: 'double',
        denominator: 'double',
        source_url: 'varchar',
        note: 'varchar'
    });
