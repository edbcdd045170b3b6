-- Lets a person ?2 read a publication ?1 no more.
delete from reader where publication = ?1 and person = ?2;
