-- What was public, release by release, and what each release changed: the record's own history, told by the record.

-- publication: one release, oldest first. `release` is its id; null for the release that tells it (no file can name its
-- own hash) and where it was not kept. `published` is an instant in UTC. `origin`: shipped (the record that the program ships) or
-- register (the office's decisions).
create table publication (
    position integer not null,
    release varchar,
    published timestamp not null,
    origin varchar not null,
    why varchar,
    line integer not null
);

-- revision: one thing that a publication changed. `subject`: result, benchmark (as printed), observation, area or finding. `act`:
-- added, corrected or withdrawn. A correction names its field and has it before and after; null is a blank cell, and
-- both are null where what it said was withdrawn since. What was withdrawn of a figure that stays names its field. `measure`
-- is the indicator of an observation and the kind of a finding. `rows` counts the figures that one row stands for.
create table revision (
    position integer not null,
    subject varchar not null,
    act varchar not null,
    inspection varchar,
    measure varchar,
    place varchar,
    period varchar,
    field varchar,
    before varchar,
    after varchar,
    rows integer not null,
    why varchar,
    line integer not null
);
