-- What an import ?1 changed, where that was worked out over what ?2 names. Grain: one value.
select receipt from difference where import = ?1 and basis = ?2;
