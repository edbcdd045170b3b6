-- What the programmes are: facts kept as data, each with the status `seen` (read in a published document)
-- or `inferred` (follows from several published results). Labels are in the language catalogues.

-- programme: `starts` and `ends` are partial dates; `sampling` says who is inspected: census, targeted,
-- screening, or unknown. `expected_areas` is how many areas the programme set out to cover, where it said.
create table programme (
    programme varchar not null,
    position integer not null,
    starts varchar not null,
    ends varchar,
    sampling varchar not null,
    expected_areas integer,
    status varchar not null,
    line integer not null
);

-- scale: how a measure is expressed. kind `percent` (0-100) or `levels` (ordered words); `unit` is the unit of
-- the numbers that come with it, if any: percent, or points out of a stated maximum.
create table scale (
    scale varchar not null,
    kind varchar not null,
    unit varchar,
    status varchar not null,
    line integer not null
);

-- programme_scale: the scale a programme's results are on, from and to a date (partial, both ends included; an empty end is
-- open), and what its total of points is out of, where it has one and that is known. Grain: one row a programme and scale;
-- no two scales of a programme are in use at once.
create table programme_scale (
    programme varchar not null,
    scale varchar not null,
    starts varchar not null,
    ends varchar,
    points_max integer,
    status varchar not null,
    line integer not null
);

-- level: one word of a scale; position 1 is the lowest. `points` is what a standard at this level adds.
create table level (
    scale varchar not null,
    level varchar not null,
    position integer not null,
    points integer,
    good_or_better boolean not null,
    status varchar not null,
    line integer not null
);

-- band: which word goes with which numbers, both ends included. An empty measure means every measure that
-- carries such a word.
create table band (
    programme varchar not null,
    measure varchar,
    unit varchar not null,
    lower double not null,
    upper double not null,
    word varchar not null,
    status varchar not null,
    line integer not null
);

-- measure: one thing a programme judges. `counts`: whether a standard's points count in the overall total. `share_of`: what
-- its percentage is a share of, cases or judgements (several a case); null where it has no percentage. `judged_in`: whether
-- these judgements were made in all cases read or in part of them, with the status of that statement.
create table measure (
    programme varchar not null,
    measure varchar not null,
    kind varchar not null,
    position integer not null,
    parent varchar,
    counts boolean,
    share_of varchar,
    status varchar not null,
    judged_in varchar,
    judged_in_status varchar,
    line integer not null
);

-- theme, crosswalk: what measures of different programmes have in common. Each programme has at most one
-- `primary` measure a theme; the others are shown under it, never instead of it.
create table theme (
    theme varchar not null,
    position integer not null,
    line integer not null
);

create table crosswalk (
    theme varchar not null,
    programme varchar not null,
    measure varchar not null,
    "primary" boolean not null,
    line integer not null
);

-- indicator: a published statistic about a place and period. `better`: low, high, or null where neither is. `numerator` and
-- `denominator` are the indicators that a rate follows from; null where none are held. `counts`: what is counted, children (each
-- once), events (of which one child may have several) or a stock (what there is on a day or on average): a rate of children is
-- a share, a rate of events is none, and a stock has no limits of chance.
create table indicator (
    indicator varchar not null,
    position integer not null,
    unit varchar not null,
    better varchar,
    numerator varchar,
    denominator varchar,
    counts varchar not null,
    line integer not null
);

-- basis: a series that an indicator is published in, and the dates (partial, open where empty) of the first and last period
-- it was worked out for. Series of one indicator never join. Grain: one row an indicator and basis.
create table basis (
    indicator varchar not null,
    basis varchar not null,
    starts varchar,
    ends varchar,
    status varchar not null,
    line integer not null
);

-- caution: what a programme's own publications say about comparing it with `other` (itself included). The words are
-- in the language catalogues under the caution's id. `inferred`: said of the programme before, and taken to hold.
create table caution (
    programme varchar not null,
    other varchar not null,
    caution varchar not null,
    status varchar not null,
    line integer not null
);

-- reading: a way in which results of a measure were read (`confidence`) that could not see some levels of its scale. Such a
-- result is missing because of its value, so the results that were read are no fair picture of all. `why` names the words
-- of the language catalogues that give the cause. Grain: one row a reading, programme and measure.
create table reading (
    reading varchar not null,
    programme varchar not null,
    measure varchar not null,
    confidence varchar not null,
    levels varchar[] not null,
    why varchar not null,
    status varchar not null,
    line integer not null
);
