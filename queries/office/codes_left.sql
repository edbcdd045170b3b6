-- How many recovery codes a person ?1 has left.
select count(*) from code where person = ?1;
