-- told_result: every result with all that is told of it: its printed benchmark and its standing. Grain: one row a
-- result; `position` is its place in the order of its programme's measures.
create table told_result as
select
    r.inspection,
    m.position,
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
left join censored_measure c on c.programme = r.programme and c.measure = r.measure;
