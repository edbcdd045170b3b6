-- The remarks of a reply ?1. Grain: a remark.
select number, about, words, outcome, why, person from remark where reply = ?1 order by number;
