-- Loads history/. `line` is the line of the file, for findings.
insert into publication
select position, release, published, origin, why, row_number() over () + 1 as line
from read_csv('history/releases.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        position: 'integer',
        release: 'varchar',
        published: 'timestamp',
        origin: 'varchar',
        why: 'varchar'
    });

insert into revision
select position, subject, act, inspection, measure, place, period, field, before, after, rows, why, row_number() over () + 1 as line
from read_csv('history/revisions.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        position: 'integer',
        subject: 'varchar',
        act: 'varchar',
        inspection: 'varchar',
        measure: 'varchar',
        place: 'varchar',
        period: 'varchar',
        field: 'varchar',
        before: 'varchar',
        after: 'varchar',
        rows: 'integer',
        why: 'varchar'
    });
