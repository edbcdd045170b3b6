-- Adds a person: ?1 name, ?2 handle, ?3 roles, ?4 now.
insert into person (name, handle, roles, added) values (?1, ?2, ?3, ?4);
