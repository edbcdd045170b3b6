-- Ends a session ?1.
delete from session where token = ?1;
