-- What was seen and done, newest first, at most ?3: of a publication ?1 (0 for all) and a person ?2 (empty for all). Grain: an event.
select at, person, act, publication, words from event
where (?1 = 0 or publication = ?1) and (?2 = '' or person = ?2)
order by id desc limit ?3;
