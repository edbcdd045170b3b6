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
