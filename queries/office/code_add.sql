-- Adds a recovery code: ?1 hash, ?2 person.
insert into code (hash, person) values (?1, ?2);
