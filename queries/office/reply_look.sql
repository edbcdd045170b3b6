-- Counts a look by a link ?1 that may be used at ?2, of at most ?3; answers its key.
update invitation set looks = looks + 1
where hash = ?1 and until > ?2 and ended is null and looks < ?3
returning key;
