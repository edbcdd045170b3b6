-- Who the provider's subject ?1 is; else who has the address ?2 and was not bound to a subject yet. It is bound from then on.
update identity set subject = ?1
where person = (
  select person from identity where subject = ?1 or subject is null and email = ?2 order by subject is null limit 1
)
returning person;
