-- Takes what was asked for back: ?1 act, ?2 what it is about.
delete from petition where act = ?1 and about = ?2;
