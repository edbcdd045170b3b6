-- Takes out to whom the links to reply of a publication ?1 were given.
update invitation set contact = '' where publication = ?1;
