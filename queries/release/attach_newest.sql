-- Attaches the current release, to leave out of an earlier one what it has no more. The path stands in place of $path: the
-- engine takes no parameter here.
attach '$path' as newest (read_only);
