-- Keeps what a person asks for: ?1 act, ?2 what it is about, ?3 person, ?4 now, ?5 why. What was asked before stays.
insert into petition (act, about, person, at, why) values (?1, ?2, ?3, ?4, ?5) on conflict do nothing;
