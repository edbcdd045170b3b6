-- Who may read a publication ?1 before it is public, and until when. Grain: a person.
select person, until from reader where publication = ?1 order by person;
