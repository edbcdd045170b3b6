-- What is asked for, the oldest first. Grain: a petition.
select act, about, person, at, why from petition order by at, about, act;
