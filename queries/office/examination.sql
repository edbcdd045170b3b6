-- What the last examination of a publication ?1 found, where it was of its import ?2. Grain: none or one.
select person, at, found from examination where publication = ?1 and import = ?2;
