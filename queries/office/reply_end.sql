-- Ends the link of a reply with the key ?1 of a publication ?2, at ?3.
update invitation set ended = ?3 where key = ?1 and publication = ?2 and ended is null;
