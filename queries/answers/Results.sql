-- Every result with its sources, its printed benchmark where its notice gave one, and its standing among the latest
-- results of the other areas in the same programme, scale and measure. Grain: one row a result, by inspection, in the
-- order of the programme's measures.
-- percent, printed_lowest, printed_highest and printed_average are percentages 0-100; points are out of points_max.
-- The standing columns are null where the result itself says nothing or its measure is censored; others = better + same + worse.
-- `censored` is the reading that censors the measure, null where none does.
create table "Results" as
select
    r.inspection,
    r.scale,
    r.measure,
    r.percent,
    r.comment,
    r.rating,
    r.points,
    r.points_max,
    r.confidence,
    r.sources,
    r.page,
    r.note,
    b.lowest as printed_lowest,
    b.highest as printed_highest,
    b.average as printed_average,
    b.sources as printed_sources,
    s.better,
    s.same,
    s.worse,
    s.others,
    c.reading as censored
from result_row r
left join measure m on m.programme = r.programme and m.measure = r.measure
left join published_benchmark b on b.inspection = r.inspection and b.measure = r.measure
left join standing s on s.inspection = r.inspection and s.measure = r.measure
left join censored_measure c on c.programme = r.programme and c.measure = r.measure
order by r.inspection, m.position, r.measure;
