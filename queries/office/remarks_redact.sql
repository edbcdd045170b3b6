-- Takes the words of the remarks on a publication ?1 out.
update remark set words = '', why = '' where reply in (select id from reply where publication = ?1);
