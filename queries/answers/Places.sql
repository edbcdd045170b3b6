-- The nations and regions, with their names. Grain: one row a place; kind is nation or region, and a region's
-- nation says which it lies in.
create table "Places" as
select 'nation' as kind, nation as place, nation, name_en, name_cy
from nation
union all
select 'region', region, nation, name_en, name_cy
from region
order by kind, name_en, place;
