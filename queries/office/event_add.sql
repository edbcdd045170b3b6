-- Keeps what was seen or done: ?1 now, ?2 person, ?3 act, ?4 publication, ?5 words; answers its number.
insert into event (at, person, act, publication, words) values (?1, ?2, ?3, ?4, ?5) returning id;
