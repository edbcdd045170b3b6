-- Forgets what imports changed, of whichever publication (?1 is one that is erased): it is worked out again.
delete from difference where ?1 is not null;
