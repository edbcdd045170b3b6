-- Takes the words of the replies of a publication ?1 out.
update reply set response = '', contact = '' where publication = ?1;
