-- Says what became of a remark: ?1 reply, ?2 number, ?3 outcome, ?4 why, ?5 person.
update remark set outcome = ?3, why = ?4, person = ?5 where reply = ?1 and number = ?2;
