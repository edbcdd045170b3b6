-- What was seen and done, newest first, at most ?3: of a publication ?1 (0 for all) and a person ?2 (empty for all). Grain: an event.
select e.at, e.person, e.act, e.publication, e.words, coalesce(a.row, '') from event e
left join about a on a.event = e.id
where (?1 = 0 or e.publication = ?1) and (?2 = '' or e.person = ?2)
order by e.id desc limit ?3;
