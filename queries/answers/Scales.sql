-- Every scale with its words, lowest first. Grain: one row a scale and level; a scale without words has one row
-- whose level columns are null. `points` is what a standard at this level adds to a total.
create table "Scales" as
select
    s.scale,
    s.kind,
    s.unit,
    s.status,
    l.level,
    l.position,
    l.points,
    l.good_or_better,
    l.status as level_status
from scale s
left join level l using (scale)
order by s.line, s.scale, l.position;
