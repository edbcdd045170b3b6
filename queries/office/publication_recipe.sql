-- The recipe of a publication ?1, while the register does not have its file; null for the import format.
select recipe from publication where id = ?1;
