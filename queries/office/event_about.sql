-- Says that an event ?1 is about a row ?2 of a file.
insert into about (event, row) values (?1, ?2);
