-- Who publishes figures and facts of the record. Grain: one row a publisher. `site` is its own web domain, null where none is
-- known.
create table "Publishers" as
select publisher, name_en, name_cy, site
from publisher
order by publisher;
