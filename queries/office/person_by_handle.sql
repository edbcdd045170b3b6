-- The person of a passkey's handle ?1.
select name from person where handle = ?1;
