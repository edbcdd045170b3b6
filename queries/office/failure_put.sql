-- Keeps why a publication ?1 failed at its moment: ?2, empty where that is done with.
insert into failure (publication, why) values (?1, ?2) on conflict (publication) do update set why = excluded.why;
