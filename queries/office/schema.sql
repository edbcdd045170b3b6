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

create table if not exists schedule (
  publication integer primary key references publication,
  person text not null collate nocase,
  at text not null,
  failed text not null -- what went wrong; empty while it is to come
) strict;

create table if not exists request (
  publication integer primary key references publication,
  person text not null collate nocase,
  at text not null,
  why text not null
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

create table if not exists identity (
  person text primary key collate nocase references person,
  email text not null unique collate nocase, -- that the identity provider must have verified
  subject text unique                        -- the provider and its name of the person, once they signed in by it
) strict, without rowid;
