-- warning: what a check found that does not refuse the record, kept for pages to show beside the figure. Grain: one row a
-- finding. `file` and `line` name the row of the record, "column" the cell and `value` what stood there (null where nothing
-- did); `rule` is the check. `inspection` is set where the row is a result or its printed benchmark, and `measure` too where
-- the finding is of the result and not of a fact of the whole inspection.
create table warning (
    file varchar not null,
    line integer not null,
    "column" varchar not null,
    value varchar,
    rule varchar not null,
    problem varchar not null,
    fix varchar not null,
    inspection varchar,
    measure varchar
);
