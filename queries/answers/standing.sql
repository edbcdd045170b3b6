-- standing: each result's place among the newest results of the other areas in the same programme, scale and measure.
-- Grain: one row a result that has a place on its scale. `others` = better + same + worse. An area whose newest result is not
-- known, because the dates of two overlap, is not among the others.
create table standing as
with latest as (
    select programme, scale, measure, area, standing
    from newest_result
    where alone
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
