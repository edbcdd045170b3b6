-- Loads areas/*.csv: areas with their names, ground and history; authorities and their statistical neighbours.
insert into nation
select nation, name_en, name_cy, row_number() over () + 1 as line
from read_csv('areas/nations.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        nation: 'varchar',
        name_en: 'varchar',
        name_cy: 'varchar'
    });

insert into region
select region, nation, name_en, name_cy, row_number() over () + 1 as line
from read_csv('areas/regions.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        region: 'varchar',
        nation: 'varchar',
        name_en: 'varchar',
        name_cy: 'varchar'
    });

insert into area
select area, name_en, name_cy, region, police_force, valid_from, valid_to, status, id_list(sources), row_number() over () + 1 as line
from read_csv('areas/areas.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        area: 'varchar',
        name_en: 'varchar',
        name_cy: 'varchar',
        region: 'varchar',
        police_force: 'varchar',
        valid_from: 'varchar',
        valid_to: 'varchar',
        status: 'varchar',
        sources: 'varchar'
    });

insert into area_alias
select area, alias, id_list(sources), row_number() over () + 1 as line
from read_csv('areas/aliases.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        area: 'varchar',
        alias: 'varchar',
        sources: 'varchar'
    });

insert into area_constituent
select area, gss, name, id_list(sources), row_number() over () + 1 as line
from read_csv('areas/constituents.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        area: 'varchar',
        gss: 'varchar',
        name: 'varchar',
        sources: 'varchar'
    });

insert into area_succession
select predecessor, successor, id_list(sources), row_number() over () + 1 as line
from read_csv('areas/successions.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        predecessor: 'varchar',
        successor: 'varchar',
        sources: 'varchar'
    });

insert into authority
select gss, name, region, kind, latitude, longitude, area_km2, population_2020, ended, service, id_list(sources), row_number() over () + 1 as line
from read_csv('areas/authorities.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        gss: 'varchar',
        name: 'varchar',
        region: 'varchar',
        kind: 'varchar',
        latitude: 'double',
        longitude: 'double',
        area_km2: 'double',
        population_2020: 'integer',
        ended: 'date',
        service: 'varchar',
        sources: 'varchar'
    });

insert into neighbour
select gss, rank, neighbour_gss, area, neighbour, closeness, id_list(sources), row_number() over () + 1 as line
from read_csv('areas/neighbours.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        gss: 'varchar',
        rank: 'integer',
        neighbour_gss: 'varchar',
        area: 'varchar',
        neighbour: 'varchar',
        closeness: 'varchar',
        sources: 'varchar'
    });

insert into code_change
select gss, name, kind, start_date, end_date, replaced_by, former_gss, id_list(sources), row_number() over () + 1 as line
from read_csv('areas/code_changes.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        gss: 'varchar',
        name: 'varchar',
        kind: 'varchar',
        start_date: 'date',
        end_date: 'date',
        replaced_by: 'varchar',
        former_gss: 'varchar',
        sources: 'varchar'
    });

insert into tile
select area, label, across, down, status, row_number() over () + 1 as line
from read_csv('areas/tiles.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        area: 'varchar',
        label: 'varchar',
        across: 'integer',
        down: 'integer',
        status: 'varchar'
    });
