-- Puts another content in the place of one that the register does not have: ?1 id, ?2 file, ?3 content, ?4 hash, ?5 why, ?6 embargo, ?7 trial, ?8 now, ?9 recipe.
update publication set file = ?2, content = ?3, hash = ?4, why = ?5, embargo = ?6, trial = ?7, sent = ?8, recipe = ?9, state = 'sent'
where id = ?1 and import is null returning id;
