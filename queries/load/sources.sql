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

insert into publisher
select publisher, name_en, name_cy, site, row_number() over () + 1 as line
from read_csv('reference/publishers.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        publisher: 'varchar',
        name_en: 'varchar',
        name_cy: 'varchar',
        site: 'varchar'
    });

insert into credit
select subject, id, publisher, row_number() over () + 1 as line
from read_csv('reference/credits.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        subject: 'varchar',
        id: 'varchar',
        publisher: 'varchar'
    });
