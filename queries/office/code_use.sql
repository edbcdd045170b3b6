-- Uses a recovery code ?1, and says whose it was.
delete from code where hash = ?1 returning person;
