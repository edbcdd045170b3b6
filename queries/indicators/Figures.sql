-- Every figure of some series, oldest first; what further documents give for a period follows the figure of it.
-- series: numbers of "Series".
-- Grain: one row of the record, as in answers/Figures.sql.
select f.* exclude (newest)
from "Figures" f
join (select unnest($series::integer[]) as series) asked using (series)
order by f.series, f.period_end, f.choice;
