-- Every result with its sources, its printed benchmark where its notice gave one, and its standing among the latest
-- results of the other areas in the same programme, scale and measure. Grain: one row a result, by inspection, in the
-- order of the programme's measures.
-- percent, printed_lowest, printed_highest and printed_average are percentages 0-100; points are out of points_max.
-- The standing columns are null where the result itself says nothing or its measure is censored; others = better + same + worse.
-- `censored` is the reading that censors the measure, null where none does.
select
    inspection,
    scale,
    measure,
    percent,
    comment,
    rating,
    points,
    points_max,
    confidence,
    sources,
    page,
    note,
    printed_lowest,
    printed_highest,
    printed_average,
    printed_sources,
    better,
    same,
    worse,
    others,
    censored
from told_result
order by inspection, position, measure;
