-- What is asked for, the oldest first; of an act ?1. Grain: a petition.
select about, person, at, why from petition where act = ?1 order by at, about;
