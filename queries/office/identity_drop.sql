-- The identity provider signs a person ?1 in no more.
delete from identity where person = ?1;
