-- The benchmarks that pages show most: of every measure over all areas, each nation and each region, as of the whole record, with
-- their members. Grain: one row a programme, scale, measure and group, as macro benchmarks has them.
create table "Benchmarks" as
from benchmarks('', '', [''], [''], [''], ['all', 'nation', 'region'], [], false, true);
