-- Takes out which rows of a publication ?1 were commented on.
delete from about where event in (select id from event where publication = ?1);
