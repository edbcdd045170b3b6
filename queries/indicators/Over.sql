-- The figures of some series for exactly one period, anomalous ones left out. Of a period only the figure that is chosen.
-- series: numbers of "Series".
-- first, last: days. Grain: one row a series, as in answers/Figures.sql.
select f.* exclude (newest)
from "Figures" f
join (select unnest($series::integer[]) as series) asked using (series)
where f.choice = 1
    and f.flag is distinct from 'anomalous'
    and f.period_start = $first::date
    and f.period_end = $last::date
order by f.series;
