-- Areas: the bodies that are inspected and the ground they cover. Ids are slugs; names are data.

create table nation (
    nation varchar not null,
    name_en varchar not null,
    name_cy varchar not null,
    line integer not null
);

create table region (
    region varchar not null,
    nation varchar not null,
    name_en varchar not null,
    name_cy varchar not null,
    line integer not null
);

-- area: one youth justice service, current or former. `valid_from` and `valid_to` are partial dates, blank where
-- no source gives them. `name_cy` is blank where the area has no Welsh name.
create table area (
    area varchar not null,
    name_en varchar not null,
    name_cy varchar,
    region varchar not null,
    police_force varchar,
    valid_from varchar,
    valid_to varchar,
    status varchar not null,
    sources varchar[] not null,
    line integer not null
);

-- area_alias: other names an area goes or went by.
create table area_alias (
    area varchar not null,
    alias varchar not null,
    sources varchar[] not null,
    line integer not null
);

-- area_constituent: the local authorities (and, under a county, its districts) that make up an area's footprint.
create table area_constituent (
    area varchar not null,
    gss varchar not null,
    name varchar not null,
    sources varchar[] not null,
    line integer not null
);

-- area_succession: predecessor became, wholly or in part, successor.
create table area_succession (
    predecessor varchar not null,
    successor varchar not null,
    sources varchar[] not null,
    line integer not null
);

-- authority: local authorities of England and Wales with their centre (WGS84 degrees) and the current service.
create table authority (
    gss varchar not null,
    name varchar not null,
    region varchar,
    kind varchar not null,
    latitude double,
    longitude double,
    area_km2 double,
    population_2020 integer,
    ended date,
    service varchar,
    sources varchar[] not null,
    line integer not null
);

-- neighbour: the ten statistical neighbours of each English authority in the Department for Education's
-- children's-services model; rank 1 is the nearest. It is not the Youth Justice Board's own family.
create table neighbour (
    gss varchar,
    rank integer not null,
    neighbour_gss varchar,
    area varchar,
    neighbour varchar,
    closeness varchar,
    sources varchar[] not null,
    line integer not null
);

-- code_change: authority codes that began or ended since 2009.
create table code_change (
    gss varchar not null,
    name varchar not null,
    kind varchar not null,
    start_date date,
    end_date date,
    replaced_by varchar,
    former_gss varchar,
    sources varchar[] not null,
    line integer not null
);

-- tile: where an area stands on the map of areas, in tiles of one size from the west (`across`) and from the north (`down`),
-- and the few letters on it. `status` is `drawn`: the layout is this record's own, read from no document.
create table tile (
    area varchar not null,
    label varchar not null,
    across integer not null,
    down integer not null,
    status varchar not null,
    line integer not null
);
