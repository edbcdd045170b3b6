-- Takes all passkeys of a person ?1 away.
delete from passkey where person = ?1;
