-- The people, by name; one where ?1 is a name, else all (empty). Grain: a person.
select name, handle, roles, added, coalesce(ended, '') from person where ?1 = '' or name = ?1 order by name;
