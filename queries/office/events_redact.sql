-- Takes what people wrote about a publication ?1 out. Who did what and when stays.
update event set words = '' where publication = ?1;
