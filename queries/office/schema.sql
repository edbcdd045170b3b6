-- The tables of the office's own database: people, how they sign in, sessions, files before the register takes
-- them, and what was seen and done that is no decision. Times are RFC 3339 in UTC. Run at every start.
create table if not exists person (
  name text primary key collate nocase,
  handle blob not null unique, -- what passkeys know the person by: random, and never shown
  roles text not null,         -- separated by commas
  added text not null,
  ended text                   -- null while the person may sign in
) strict, without rowid;

create table if not exists passkey (
  id blob primary key,
  person text not null collate nocase references person,
  record text not null, -- JSON of the library
  added text not null
) strict, without rowid;

create table if not exists link (
  hash text primary key, -- SHA-256 of the token
  person text not null collate nocase references person,
  expires text not null
) strict, without rowid;

create table if not exists code (
  hash text primary key, -- SHA-256 of the recovery code with the person's name
  person text not null collate nocase references person
) strict, without rowid;

create table if not exists session (
  token text primary key, -- SHA-256, by the library
  data blob not null,
  expires integer not null -- seconds since 1970
) strict, without rowid;

create table if not exists publication (
  id integer primary key autoincrement,
  person text not null collate nocase, -- who sent the file
  file text not null,
  content blob,     -- until the register has it
  recipe blob,      -- by which it is read; null for the import format
  hash text not null, -- SHA-256 of the content
  why text not null,
  embargo text not null, -- as it was given, in London; empty for none
  trial text not null,   -- JSON: findings and difference, until the register has the file
  state text not null,   -- sent, back, review
  import integer unique, -- its number in the journal
  sent text not null
) strict;

-- The imports of publications that were sent back: the journal has them still.
create table if not exists sent_back (
  import integer primary key, -- its number in the journal
  publication integer not null references publication
) strict;

-- What went wrong when a publication was to be public. When that is, and who decided it, is in the journal.
create table if not exists failure (
  publication integer primary key references publication,
  why text not null -- empty where that is done with
) strict;

create table if not exists reader (
  publication integer not null references publication,
  person text not null collate nocase references person,
  until text not null,
  primary key (publication, person)
) strict, without rowid;

create table if not exists event (
  id integer primary key,
  at text not null,
  person text not null collate nocase,
  act text not null,
  publication integer not null, -- 0 for none
  words text not null
) strict;

-- What one person asks for and another confirms.
create table if not exists petition (
  act text not null,   -- lift, redact, withdraw
  about text not null, -- a publication's number, or an inspection
  person text not null collate nocase,
  at text not null,
  why text not null,
  primary key (act, about)
) strict, without rowid;

-- Schedules were here once, with what went wrong.
create table if not exists schedule (publication integer primary key, failed text) strict;

insert or ignore into failure (publication, why) select publication, failed from schedule where failed <> '';

drop table schedule;

-- Requests to withdraw a publication were apart once.
create table if not exists request (publication integer primary key, person text, at text, why text) strict;

insert or ignore into petition (act, about, person, at, why)
select 'withdraw', cast(publication as text), person, at, why from request;

drop table request;

-- What the last examination of a publication found, of the content that the register has.
create table if not exists examination (
  publication integer primary key references publication,
  import integer not null,
  person text not null collate nocase,
  at text not null,
  found text not null -- JSON
) strict;

-- What is published, lifted and withdrawn with another publication: the response of a service, the state of its plan.
create table if not exists companion (
  publication integer primary key references publication,
  parent integer not null references publication
) strict;

-- The register keeps what imports changed.
drop table if exists difference;

-- The right of reply: a link by which one contact of an inspected service sees its draft figures and answers. What they
-- answer is in the register.
create table if not exists invitation (
  hash text primary key, -- SHA-256 of the token
  key text not null generated always as (substr(hash, 1, 16)) virtual unique,
  publication integer not null references publication,
  inspection text not null,
  contact text not null,
  person text not null collate nocase, -- who gave the link
  asked text not null,
  until text not null,
  looks integer not null,
  ended text -- null while the link may be used
) strict, without rowid;

-- Improvement plans are in the journal.
drop table if exists plan;

-- Which row of a file a comment is about.
create table if not exists about (
  event integer primary key references event,
  row text not null
) strict;

create table if not exists identity (
  person text primary key collate nocase references person,
  email text not null unique collate nocase, -- that the identity provider must have verified
  subject text unique                        -- the provider and its name of the person, once they signed in by it
) strict, without rowid;
