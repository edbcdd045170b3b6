-- Loads SOURCES.csv. `line` is the line of the file, for findings.
insert into source
select source, title, url, detail, original_url, licence, row_number() over () + 1 as line
from read_csv('SOURCES.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        source: 'varchar',
        title: 'varchar',
        url: 'varchar',
        detail: 'varchar',
        original_url: 'varchar',
        licence: 'varchar'
    });
