-- What was seen and done, newest first, at most ?6 (-1 for all): of a publication ?1 (0 for all), a person ?2 and an act ?3 (empty for all), from ?4 until before ?5 (empty for no bound), with the row that it is about. Grain: an event.
select e.at, e.person, e.act, e.publication, e.words, coalesce(a.row, '') from event e
left join about a on a.event = e.id
where (?1 = 0 or e.publication = ?1) and (?2 = '' or e.person = ?2) and (?3 = '' or e.act = ?3)
  and (?4 = '' or e.at >= ?4) and (?5 = '' or e.at < ?5)
order by e.id desc limit ?6;
