-- result_row: the published results as they were written down, one row a result; what is true of the inspection
-- stands on each of its rows (the check inspection_facts_agree holds them equal). `programme` is the file's name.
-- percent: 0-100 as printed. points: out of points_max. Null is "not shown by the source", never zero.
create table result_row (
    programme varchar not null,
    inspection varchar not null,
    area varchar not null,
    scale varchar not null,
    reinspection boolean,
    fieldwork varchar,
    published varchar,
    cases integer,
    measure varchar not null,
    percent double,
    comment varchar,
    rating varchar,
    points integer,
    points_max integer,
    confidence varchar not null,
    sources varchar[] not null,
    page varchar,
    note varchar,
    line integer not null
);

-- published_benchmark: lowest, highest and average as one inspection's notice printed them, in percent.
create table published_benchmark (
    inspection varchar not null,
    measure varchar not null,
    lowest double,
    highest double,
    average double,
    sources varchar[] not null,
    line integer not null
);

-- observation: a published statistic of a place in a period. `level` is part of the key: the same slug may be an
-- area, an authority, a region, a nation or a police force. `basis`: old or new reoffending series, which never join.
-- `flag`: anomalous values are kept, shown and left out of benchmarks.
create table observation (
    indicator varchar not null,
    place varchar not null,
    level varchar not null,
    gss varchar,
    period_start date not null,
    period_end date not null,
    period varchar not null,
    value double not null,
    lower double,
    upper double,
    numerator double,
    denominator double,
    basis varchar,
    flag varchar,
    sources varchar[] not null,
    note varchar,
    line integer not null
);
