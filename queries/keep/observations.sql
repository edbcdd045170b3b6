-- Puts the merged observations into the release.
delete from observation;

insert into observation
select * from merged_observation;
