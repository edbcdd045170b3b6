-- Adds a file that was sent: ?1 person, ?2 file, ?3 content, ?4 hash, ?5 why, ?6 embargo, ?7 trial, ?8 state, ?9 now, ?10 import, ?11 recipe.
insert into publication (person, file, content, hash, why, embargo, trial, state, sent, import, recipe)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) returning id;
