-- The session of a token ?1 that has not ended by ?2.
select data from session where token = ?1 and expires > ?2;
