-- Takes back the request to withdraw a publication ?1.
delete from request where publication = ?1;
