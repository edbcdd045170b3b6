-- Keeps when a publication ?1 is to be public: ?2 person, ?3 moment.
insert into schedule (publication, person, at, failed) values (?1, ?2, ?3, '')
on conflict (publication) do update set person = excluded.person, at = excluded.at, failed = '';
