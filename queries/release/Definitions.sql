-- What a release's database is made of besides rows: the definition of each table, index, view and macro. Grain: one row a
-- definition, by kind, name and text.
select 'table' as kind, table_name as name, sql as definition from duckdb_tables() where not internal
union all
select 'index' as kind, index_name as name, sql as definition from duckdb_indexes()
union all
select 'view' as kind, view_name as name, sql as definition from duckdb_views() where not internal
union all
select 'macro' as kind, function_name as name, to_json(list_value(parameters::varchar, macro_definition))::varchar as definition
from duckdb_functions()
where not internal
order by kind, name, definition;
