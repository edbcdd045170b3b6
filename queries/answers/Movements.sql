-- Each area's way from its first to its latest result of a measure on one scale (the view measure_move says how). Grain: one
-- row a programme, scale, measure and area with two results or more, in that order.
create table "Movements" as
select programme, scale, measure, area, earlier, later, years, moved
from measure_move
order by programme, scale, measure, area;
