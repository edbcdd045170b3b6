-- standing: each result's place among the newest results of the other areas in the same programme, scale and measure.
-- Grain: one row a result that has a place on its scale. `others` = better + same + worse. An area whose newest result is not
-- known, because the dates of two overlap, is not among the others, and neither is an area that is no more.
create table standing as
with latest as (
    select r.programme, r.scale, r.measure, r.area, r.standing
    from newest_result r
    join area_span s using (area)
    where r.alone and s.to_day is null
)
select
    r.inspection,
    r.measure,
    count(*) filter (where l.standing > r.standing) as better,
    count(*) filter (where l.standing = r.standing) as same,
    count(*) filter (where l.standing < r.standing) as worse,
    count(l.area) as others
from result r
left join latest l
    on l.programme = r.programme and l.scale = r.scale and l.measure = r.measure and l.area <> r.area
where r.standing is not null
group by r.inspection, r.measure
order by r.inspection, r.measure;
