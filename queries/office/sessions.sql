-- The sessions that have not ended by ?1. Grain: a session.
select token, data from session where expires > ?1;
