-- Where areas stood among the others of one programme and then of their next, under one theme. Grain: one row a theme, area
-- and pair of inspections, by theme in the order pages show them. A side is above, middle or below the middle of the cohort.
select m.theme, m.area, m.earlier, m.earlier_measure, m.earlier_side, m.later, m.later_measure, m.later_side
from theme_move m
join theme t using (theme)
order by t.position, m.theme, m.area, m.later;
