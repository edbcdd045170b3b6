-- source: one published document or data file that figures were read from. Grain: one row a document (and,
-- within a data file, the part of it that `detail` names). `licence` is that of the figures, as an SPDX id.
create table source (
    source varchar not null,
    title varchar,
    url varchar not null,
    detail varchar,
    original_url varchar,
    licence varchar not null,
    line integer not null
);

-- publisher: who publishes figures and facts, with names in both languages. `site` is the publisher's own web domain.
create table publisher (
    publisher varchar not null,
    name_en varchar not null,
    name_cy varchar not null,
    site varchar,
    line integer not null
);

-- credit: whose figures they are, wherever they were read: those of a programme's results, of an indicator, or of one source,
-- which overrides the two. `subject` is programme, indicator or source. Grain: one row a subject and id.
create table credit (
    subject varchar not null,
    id varchar not null,
    publisher varchar not null,
    line integer not null
);
