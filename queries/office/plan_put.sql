-- Keeps the plan of an inspection: ?1 inspection, ?2 publication, ?3 due, ?4 received.
insert into plan (inspection, publication, due, received) values (?1, ?2, ?3, ?4)
on conflict (inspection) do update set publication = excluded.publication, due = excluded.due, received = excluded.received;
