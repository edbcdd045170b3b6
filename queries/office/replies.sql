-- The replies of a publication ?1, or the one of a number ?2, the oldest first. Grain: a reply.
select id, publication, inspection, contact, person, asked, until, looks, response, coalesce(answered, ''), coalesce(ended, '')
from reply
where publication = ?1 or id = ?2
order by id;
