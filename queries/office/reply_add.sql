-- Adds a link to reply: ?1 hash, ?2 publication, ?3 inspection, ?4 contact, ?5 person, ?6 now, ?7 until.
insert into invitation (hash, publication, inspection, contact, person, asked, until, looks) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0);
