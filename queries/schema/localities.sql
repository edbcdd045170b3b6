-- Localities: the postcodes, towns and parishes by which readers look for the area that serves them. Each is placed by the
-- code of a lower-tier or unitary authority, and the authority's area serves it.

-- postcode: an outcode (LE2), or a sector (LE2 4) of an outcode that crosses authorities. Grain: one row a code and authority.
-- `share` is of the code's postcodes, 0 to 1, not of people: the rest is in other authorities, or in Scotland.
-- `postcodes` is how many there are; null for sectors.
create table postcode (
    code varchar not null,
    gss varchar not null,
    share double not null,
    postcodes integer,
    sources varchar[] not null,
    line integer not null
);

-- town: a town, village or suburb and the authority its centre is in. `also` are other authorities that it reaches into.
-- `population` orders places of one name; it is of mixed age, null where unknown, and never shown.
create table town (
    name_en varchar not null,
    name_cy varchar,
    gss varchar not null,
    also varchar[] not null,
    population integer,
    aliases varchar[] not null,
    sources varchar[] not null,
    line integer not null
);

-- parish: a civil parish or Welsh community. It gives way to areas and councils of its name, and comes after towns.
create table parish (
    name varchar not null,
    gss varchar not null,
    sources varchar[] not null,
    line integer not null
);
