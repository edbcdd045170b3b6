-- Takes what was found in a publication ?1 out.
delete from examination where publication = ?1;
