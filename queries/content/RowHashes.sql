-- The SHA-256 of each row of a table, in no order: the engine would sort them in memory, and the largest table has two
-- million rows. The table's name stands in place of $table: the engine takes no parameter here. Grain: a row of the
-- table.
select unhex(sha256(to_json(t)::varchar)) as hash from "$table" as t;
