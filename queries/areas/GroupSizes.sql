-- How many areas each group had, from each day on which that number changed. Grain: one row a group and day;
-- `from_day` is null on the first row of a group (since before any dated change). This is the N of "n of N areas";
-- the rule for areas with unknown dates is the view area_span's.
select kind, name, from_day, areas
from group_size
order by kind, name, from_day nulls first;
