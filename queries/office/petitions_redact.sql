-- Takes out what is asked for about a publication ?1, with its reasons.
delete from petition where about = cast(?1 as text);
