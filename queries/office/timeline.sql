-- What was done about a publication ?1 besides looking at it, the oldest first. Grain: an event.
select e.at, e.person, e.act, e.publication, e.words, coalesce(a.row, '') from event e
left join about a on a.event = e.id
where e.publication = ?1 and e.act not in ('view', 'preview', 'reply_seen')
order by e.id;
