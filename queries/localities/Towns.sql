-- Towns, villages and suburbs, and parishes of other names. Grain: one row a name and authority, towns first, the most people
-- first, unknown numbers last. Lists are never null; `minor` is a parish.
select name_en, name_cy, gss, also, aliases, false as minor, coalesce(population, 0) as population, line
from town
union all
select p.name, null, p.gss, [], [], true, 0, p.line
from parish p
anti join town t on t.name_en = p.name and t.gss = p.gss
order by minor, population desc, line;
