-- Takes all one-time links of a person ?1 away.
delete from link where person = ?1;
