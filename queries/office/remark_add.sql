-- Adds a remark: ?1 reply, ?2 number, ?3 what it is about, ?4 words.
insert into remark (reply, number, about, words, outcome, why, person) values (?1, ?2, ?3, ?4, '', '', '');
