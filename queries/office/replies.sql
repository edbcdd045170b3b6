-- The links to reply of all publications, the oldest first. Grain: a link.
select key, publication, inspection, contact, person, asked, until, looks, coalesce(ended, '')
from invitation
order by asked, key;
