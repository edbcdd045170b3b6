-- Lets a person ?2 read a publication ?1 until ?3.
insert into reader (publication, person, until) values (?1, ?2, ?3)
on conflict (publication, person) do update set until = excluded.until;
