-- Loads announcements/announcements.csv. `line` is the line of the file, for findings.
insert into announcement
select announcement, step, act, told, title_en, title_cy, id_list(areas), expected, moment, why, row_number() over () + 1 as line
from read_csv('announcements/announcements.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        announcement: 'integer',
        step: 'integer',
        act: 'varchar',
        told: 'timestamp',
        title_en: 'varchar',
        title_cy: 'varchar',
        areas: 'varchar',
        expected: 'varchar',
        moment: 'timestamp',
        why: 'varchar'
    });
