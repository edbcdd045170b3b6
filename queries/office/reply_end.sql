-- Ends the link of a reply ?1 of a publication ?2, at ?3.
update reply set ended = ?3 where id = ?1 and publication = ?2 and ended is null;
