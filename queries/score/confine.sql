-- Ends the engine's reach: only the given files (variable files) and its own spill can be opened, and nothing can be
-- set any more. Parameters: none. Answers nothing.
set allowed_paths = getvariable('files');
set enable_external_access = false;
set lock_configuration = true;
