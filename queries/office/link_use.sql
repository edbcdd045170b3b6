-- Uses a one-time link ?1 that has not ended by ?2, and says whose it was.
delete from link where hash = ?1 and expires > ?2 returning person;
