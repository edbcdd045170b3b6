-- Ends a person's access, or (?2 null) restores it: ?1 name, ?2 when.
update person set ended = ?2 where name = ?1;
