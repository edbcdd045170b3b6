-- Loads localities/*.csv. `line` is the line of the file, for findings; a code with a space is of sectors.csv.
insert into postcode
select outcode, gss, share, postcodes, id_list(sources), row_number() over () + 1 as line
from read_csv('localities/outcodes.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        outcode: 'varchar',
        gss: 'varchar',
        share: 'double',
        postcodes: 'integer',
        sources: 'varchar'
    });

insert into postcode
select sector, gss, share, null, id_list(sources), row_number() over () + 1 as line
from read_csv('localities/sectors.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        sector: 'varchar',
        gss: 'varchar',
        share: 'double',
        sources: 'varchar'
    });

insert into town
select name_en, name_cy, gss, id_list(also), population, id_list(aliases), id_list(sources), row_number() over () + 1 as line
from read_csv('localities/towns.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        name_en: 'varchar',
        name_cy: 'varchar',
        gss: 'varchar',
        also: 'varchar',
        population: 'integer',
        aliases: 'varchar',
        sources: 'varchar'
    });

insert into parish
select name, gss, id_list(sources), row_number() over () + 1 as line
from read_csv('localities/parishes.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        name: 'varchar',
        gss: 'varchar',
        sources: 'varchar'
    });
