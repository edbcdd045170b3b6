-- Removes sessions that ended before ?1.
delete from session where expires <= ?1;
