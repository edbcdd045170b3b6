-- Writes what is in the log beside the database into it, so that nothing that was taken out is left there.
pragma wal_checkpoint(truncate);
