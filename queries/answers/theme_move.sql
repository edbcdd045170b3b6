-- theme_move: an area's place in one programme's cohort and then in that of its next one, under one theme. It is no change of
-- the area: the two programmes ask different questions of different areas. Grain: one row a theme, area and pair of
-- programmes that follow each other there, each by the area's newest result of the programme's primary measure, where dates
-- say which that is. A side is above where more of the cohort's other areas are worse than better, below where fewer are,
-- else middle.
create table theme_move as
with
standing_result as (
    select
        c.theme,
        r.area,
        p.position,
        r.inspection,
        r.measure,
        r.earliest,
        r.latest,
        case sign(s.worse - s.better) when 1 then 'above' when 0 then 'middle' when -1 then 'below' end as side
    from result r
    join crosswalk c on c.programme = r.programme and c.measure = r.measure and c."primary"
    join programme p on p.programme = r.programme
    join standing s on s.inspection = r.inspection and s.measure = r.measure
    where s.others > 0
),
newest as (
    select *
    from standing_result
    qualify max(earliest) over (partition by theme, area, position) <= latest
),
placed as (
    select *
    from newest
    qualify count(*) over (partition by theme, area, position) = 1
)
select
    theme,
    area,
    lag(inspection) over later as earlier,
    lag(measure) over later as earlier_measure,
    lag(side) over later as earlier_side,
    inspection as later,
    measure as later_measure,
    side as later_side
from placed
window later as (partition by theme, area order by position)
qualify earlier is not null
order by theme, area, later;
