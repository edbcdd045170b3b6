-- Keeps a session: ?1 token, ?2 data, ?3 when it ends.
insert into session (token, data, expires) values (?1, ?2, ?3)
on conflict (token) do update set data = excluded.data, expires = excluded.expires;
