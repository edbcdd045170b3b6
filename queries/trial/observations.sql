-- Lets the checks of a trial read the merged observations from the files of the imports, without a copy.
drop table observation;

create view observation as
select * from merged_observation;
