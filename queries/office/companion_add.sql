-- Says that a publication ?1 goes with another ?2.
insert into companion (publication, parent) values (?1, ?2);
