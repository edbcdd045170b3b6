-- Whether somebody other than ?2 saw the preview of a publication ?1 since ?3.
select count(*) from event where publication = ?1 and act = 'preview' and person <> ?2 and at >= ?3;
