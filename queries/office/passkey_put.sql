-- Adds a passkey, or keeps its new counters: ?1 id, ?2 person, ?3 record, ?4 now.
insert into passkey (id, person, record, added) values (?1, ?2, ?3, ?4)
on conflict (id) do update set record = excluded.record where person = excluded.person;
