-- Gives a person ?1 the e-mail address ?2 by which the identity provider knows them. Another address ends what the provider was bound to.
insert into identity (person, email) values (?1, ?2)
on conflict (person) do update set subject = iif(email = excluded.email, subject, null), email = excluded.email;
