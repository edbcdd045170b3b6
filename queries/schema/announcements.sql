-- What readers were told of publications to come. It has no figure.

-- announcement: one thing that was told of a publication to come. `announcement` numbers the publications in the order they
-- were announced, and `step` what was told of one. `act`: announced, moved (its date), changed (its title or areas), cancelled or
-- published. `told` is when, in UTC. `expected` is the day or month in London; `moment` is the instant in UTC where it is known
-- to the minute, else null.
create table announcement (
    announcement integer not null,
    step integer not null,
    act varchar not null,
    told timestamp not null,
    title_en varchar not null,
    title_cy varchar not null,
    areas varchar[] not null,
    expected varchar not null,
    moment timestamp,
    why varchar,
    line integer not null
);
