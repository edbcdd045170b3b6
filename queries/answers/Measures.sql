-- Every measure with the theme it falls under, in the order its programme's reports use. Grain: one row a measure.
-- `theme` is null where the crosswalk has none; `primary_in_theme` marks the measure that stands for its programme.
create table "Measures" as
select
    m.programme,
    m.measure,
    m.kind,
    m.parent,
    m.counts,
    m.status,
    m.share_of,
    m.judged_in,
    c.theme,
    coalesce(c."primary", false) as primary_in_theme
from measure m
join programme p using (programme)
left join crosswalk c on c.programme = m.programme and c.measure = m.measure
order by p.position, m.position, m.measure;
