-- result: one measure of one inspection, with its place on its scale. Grain: one row a result.
-- `position` is the rank of the rating's word (1 lowest); null where the source shows no word of the scale.
-- `value` is the number the measure is known by, in the scale's unit: percent, or points of points_max.
-- `standing` orders results of one programme, scale and measure: the word's rank where words are used, else the value. It is
-- null where the measure is censored (view censored_measure): every summary is of results with a standing.
-- `censored` is the reading that censors the measure, else null. `earliest` and `latest` bound the day of publication.
create view result as
select
    r.programme,
    r.inspection,
    r.area,
    r.scale,
    r.measure,
    i.earliest,
    i.latest,
    r.percent,
    r.comment,
    r.rating,
    r.points,
    r.points_max,
    r.confidence,
    r.sources,
    r.page,
    r.note,
    l.position,
    case s.unit when 'percent' then r.percent when 'points' then r.points::double end as value,
    case when c.reading is null then case s.kind when 'levels' then l.position::double else r.percent end end as standing,
    s.unit,
    c.reading as censored
from result_row r
join inspection i using (inspection)
left join scale s using (scale)
left join level l on l.scale = r.scale and l.level = r.rating
left join censored_measure c on c.programme = r.programme and c.measure = r.measure;
