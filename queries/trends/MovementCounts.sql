-- How many areas of every group moved which way between their first and latest result of a measure, and the median of the
-- years between. Grain: one row a programme, scale, measure and group with any area that has two results. unordered areas
-- are in no other count.
select programme, scale, measure, kind, name, areas, up, same, down, unordered, median_years
from measure_move_count
order by programme, scale, measure, kind, name;
