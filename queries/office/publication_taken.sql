-- Says that the register took the content with the hash ?2 of a publication ?1, as import ?3.
update publication set import = ?3, content = null, recipe = null, trial = '', state = 'review' where id = ?1 and hash = ?2 and import is null
returning id;
