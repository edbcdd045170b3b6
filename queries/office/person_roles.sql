-- Gives a person other roles: ?1 name, ?2 roles.
update person set roles = ?2 where name = ?1;
