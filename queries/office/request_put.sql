-- Keeps who asks to withdraw a publication ?1: ?2 person, ?3 now, ?4 why.
insert into request (publication, person, at, why) values (?1, ?2, ?3, ?4)
on conflict (publication) do nothing;
