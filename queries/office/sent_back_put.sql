-- Keeps which import a publication ?1 has, before it is sent back.
insert into sent_back (import, publication)
select import, id from publication where id = ?1 and import is not null
on conflict (import) do nothing;
