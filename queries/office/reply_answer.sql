-- Keeps the answer ?2 of a reply ?1, once, at ?3; answers its number.
update reply set response = ?2, answered = ?3 where id = ?1 and answered is null and ended is null and until > ?3 returning id;
