-- One SHA-256 of all rows of a table, whatever their order. The table's name stands in place of $table: the engine takes no
-- parameter here. Grain: one row.
with hashed as (
    select sha256(to_json(t)::varchar) as hash from "$table" as t
)
select sha256(coalesce(string_agg(hash, '' order by hash), '')) as hash from hashed;
