-- How the results of every measure are spread, by the year they were published in and over every group
-- (answers/measure_year.sql says how). Grain: one row a programme, scale, measure, group and year, in that order; a null year,
-- last, is of results without a known date. lowest to q3 are in `unit` and over the `valued` results.
select
    programme,
    scale,
    measure,
    kind,
    name,
    year,
    n,
    unknown,
    good,
    valued,
    unit,
    lowest,
    highest,
    average,
    q1,
    median,
    q3,
    levels
from measure_year
order by programme, scale, measure, kind, name, year nulls last;
