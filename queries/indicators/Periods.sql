-- How many of some series have a figure of each period, anomalous ones left out.
-- series: numbers of "Series".
-- Grain: one row an indicator, basis and period, the newest first.
select
    s.indicator,
    s.basis,
    f.period_start,
    f.period_end,
    count(*) as series
from "Figures" f
join (select unnest($series::integer[]) as series) asked using (series)
join "Series" s using (series)
where f.choice = 1 and f.flag is distinct from 'anomalous'
group by s.indicator, s.basis, f.period_start, f.period_end
order by s.indicator, f.period_end desc, f.period_start, s.basis;
