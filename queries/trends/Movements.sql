-- Each area's way from its first to its latest result of a measure on one scale. Grain: one row a programme, scale, measure
-- and area with two results or more. moved is up, same or down; it, earlier, later (inspections) and years (calendar years
-- between them) are null where dates do not say which came first.
select programme, scale, measure, area, earlier, later, years, moved
from measure_move
order by programme, scale, measure, area;
