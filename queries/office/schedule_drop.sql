-- Takes back when a publication ?1 is to be public.
delete from schedule where publication = ?1;
