-- Takes all recovery codes of a person ?1 away.
delete from code where person = ?1;
