-- Adds a one-time link: ?1 hash, ?2 person, ?3 when it ends.
insert into link (hash, person, expires) values (?1, ?2, ?3);
