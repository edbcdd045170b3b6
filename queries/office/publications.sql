-- The publications, newest first, without their contents. Grain: a publication.
select p.id, p.person, p.file, p.hash, p.why, p.embargo, p.trial, p.state, coalesce(p.import, 0), p.sent,
  coalesce(f.why, ''), coalesce(c.parent, 0)
from publication p
left join failure f on f.publication = p.id
left join companion c on c.publication = p.id
order by p.id desc;
