-- standing: each result's place among the latest results of the other areas in the same programme, scale and measure.
-- Grain: one row a result that has anything to stand on. `others` = better + same + worse. An area's latest result is
-- the one published last; one without a known date counts only where the area has no dated one.
create view standing as
with latest as (
    select programme, scale, measure, area, standing
    from result
    where standing is not null
    qualify row_number() over (
        partition by programme, scale, measure, area
        order by published_last desc nulls last, inspection desc
    ) = 1
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
group by r.inspection, r.measure;
