-- Takes the texts of a publication ?1 out: its file's name, its reason and what was found in it.
update publication set file = '', why = '', content = null, recipe = null, trial = '{}' where id = ?1;
