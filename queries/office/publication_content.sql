-- The file of a publication ?1, while the register does not have it.
select content from publication where id = ?1;
