-- What was seen and done, newest first, at most ?6 (-1 for all): of a publication ?1 (0 for all), a person ?2 and an act ?3 (empty for all), from ?4 until before ?5 (empty for no bound). Grain: an event.
select at, person, act, publication, words from event
where (?1 = 0 or publication = ?1) and (?2 = '' or person = ?2) and (?3 = '' or act = ?3)
  and (?4 = '' or at >= ?4) and (?5 = '' or at < ?5)
order by id desc limit ?6;
