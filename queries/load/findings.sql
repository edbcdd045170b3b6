-- Loads findings/<programme>.csv. The file name is the programme; `line` is the line within that file, for findings of checks.
insert into finding
with written as (
    select *,
        regexp_extract(filename, '([^/\\]+)\.csv$', 1) as programme,
        row_number() over () as place_in_files
    from read_csv('findings/*.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', filename = true,
    columns = {
        inspection: 'varchar',
        kind: 'varchar',
        position: 'integer',
        measure: 'varchar',
        subject: 'varchar',
        counted: 'varchar',
        text_en: 'varchar',
        text_cy: 'varchar',
        numerator: 'double',
        denominator: 'double',
        percent: 'double',
        value: 'double',
        value_to: 'double',
        unit: 'varchar',
        place: 'varchar',
        period: 'varchar',
        printed: 'varchar',
        status: 'varchar',
        section: 'varchar',
        page: 'varchar',
        sources: 'varchar',
        note: 'varchar'
    })
)
select programme, inspection, kind, position, measure, subject, counted, text_en, text_cy, numerator, denominator, percent, value, value_to, unit,
    place, period, printed, status, section, page, id_list(sources), note,
    place_in_files - min(place_in_files) over (partition by programme) + 2 as line
from written
order by programme, place_in_files;
