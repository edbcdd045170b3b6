-- The publications, newest first, without their contents; one where ?1 is its number, else all (0). Grain: a publication.
select p.id, p.person, p.file, p.hash, p.why, p.embargo, p.trial, p.state, coalesce(p.import, 0), p.sent,
  coalesce(s.person, ''), coalesce(s.at, ''), coalesce(s.failed, ''),
  coalesce(r.person, ''), coalesce(r.at, ''), coalesce(r.why, '')
from publication p
left join schedule s on s.publication = p.id
left join request r on r.publication = p.id
where ?1 = 0 or p.id = ?1
order by p.id desc;
