-- The computed benchmarks of every measure and group, as the release was built with them (answers/benchmark.sql says
-- how). Grain: one row a programme, scale, measure, group and as_of, in that order, the whole record (null) last.
-- lowest to q3 are in `unit` and over the `valued` areas; `levels` counts areas by position of the scale.
select
    programme,
    scale,
    measure,
    kind,
    name,
    as_of,
    n,
    valued,
    undated,
    unit,
    lowest,
    lowest_areas,
    highest,
    highest_areas,
    average,
    q1,
    median,
    q3,
    levels
from benchmark
order by programme, scale, measure, kind, name, as_of nulls last;
