-- The files that the engine may open beside its own spill: those given, and no other from here on.
-- Parameters: 1 files, a list of absolute paths. Answers nothing.
set variable files = $1;
