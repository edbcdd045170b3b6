-- The person of a one-time link ?1 that has not ended by ?2.
select person from link where hash = ?1 and expires > ?2;
