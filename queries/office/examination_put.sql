-- Keeps what an examination found: ?1 publication, ?2 import, ?3 person, ?4 now, ?5 what was found.
insert into examination (publication, import, person, at, found) values (?1, ?2, ?3, ?4, ?5)
on conflict (publication) do update set import = excluded.import, person = excluded.person, at = excluded.at, found = excluded.found;
