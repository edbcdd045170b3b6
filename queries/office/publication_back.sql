-- Sends a publication ?1 back: the register has its import no more.
update publication set state = 'back', import = null, trial = '{}' where id = ?1 and import is not null returning id;
