-- The passkeys of a person ?1, oldest first. Grain: a passkey.
select record from passkey where person = ?1 order by added, id;
