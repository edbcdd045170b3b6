-- The people, by name; one where ?1 is a name, else all (empty). Grain: a person.
select name, handle, roles, added, coalesce(ended, ''), coalesce(email, '')
from person left join identity on person = name
where ?1 = '' or name = ?1 order by name;
