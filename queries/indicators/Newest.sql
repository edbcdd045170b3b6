-- The newest figures of some series, oldest first, as many as a trend is told by.
-- series: numbers of "Series".
-- Grain: one row a series and period, as in answers/Figures.sql.
select f.* exclude (newest)
from "Figures" f
join (select unnest($series::integer[]) as series) asked using (series)
where f.newest
order by f.series, f.period_end;
