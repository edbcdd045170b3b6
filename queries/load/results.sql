-- Loads results/<programme>.csv, the printed benchmarks, and indicators/<indicator>.csv. The file name is the key of
-- what the file holds; `line` is the line within that file, for findings.
insert into result_row
with written as (
    select *,
        regexp_extract(filename, '([^/\\]+)\.csv$', 1) as programme,
        row_number() over () as position
    from read_csv('results/*.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', filename = true,
    columns = {
        inspection: 'varchar',
        area: 'varchar',
        scale: 'varchar',
        reinspection: 'boolean',
        fieldwork: 'varchar',
        published: 'varchar',
        cases: 'integer',
        measure: 'varchar',
        percent: 'double',
        comment: 'varchar',
        rating: 'varchar',
        points: 'integer',
        points_max: 'integer',
        confidence: 'varchar',
        sources: 'varchar',
        page: 'varchar',
        note: 'varchar'
    })
)
select programme, inspection, area, scale, reinspection, fieldwork, published, cases, measure, percent, comment, rating, points, points_max, confidence, id_list(sources), page, note,
    position - min(position) over (partition by programme) + 2 as line
from written
order by programme, position;

insert into published_benchmark
select inspection, measure, lowest, highest, average, id_list(sources), row_number() over () + 1 as line
from read_csv('benchmarks/published.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        inspection: 'varchar',
        measure: 'varchar',
        lowest: 'double',
        highest: 'double',
        average: 'double',
        sources: 'varchar'
    });

-- Files come by name and rows in order, so an observation's line is counted from the first row of its file; nothing is
-- sorted, for there may be millions.
insert into observation
with written as (
    select *,
        row_number() over () as position,
        lag(filename) over () is distinct from filename as begins
    from read_csv('indicators/*.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', filename = true,
    columns = {
        place: 'varchar',
        level: 'varchar',
        gss: 'varchar',
        period_start: 'date',
        period_end: 'date',
        period: 'varchar',
        value: 'double',
        lower: 'double',
        upper: 'double',
        numerator: 'double',
        denominator: 'double',
        basis: 'varchar',
        flag: 'varchar',
        sources: 'varchar',
        note: 'varchar'
    })
),
counted as (
    select *, max(case when begins then position end) over (rows between unbounded preceding and current row) as first_position
    from written
)
select parse_filename(filename, true) as indicator, place, level, gss, period_start, period_end, period, value, lower, upper, numerator, denominator, basis, flag, id_list(sources), note,
    position - first_position + 2 as line
from counted;
