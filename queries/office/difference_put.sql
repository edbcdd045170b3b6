-- Keeps what an import ?1 changed over what ?2 names: ?3, as JSON.
insert into difference (import, basis, receipt) values (?1, ?2, ?3)
on conflict (import) do update set basis = excluded.basis, receipt = excluded.receipt;
