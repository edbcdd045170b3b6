-- How many findings there are. Parameters: none. Answers: one number.
select count(*) from broken;
