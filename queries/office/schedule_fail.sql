-- Keeps why a scheduled publication ?1 failed: ?2.
update schedule set failed = ?2 where publication = ?1;
