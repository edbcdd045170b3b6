-- The newest figures of some series, oldest first, as many as a trend is told by: the last five that are not anomalous, and
-- the last five of all. Of a period only the figure that is chosen.
-- series: numbers of "Series".
-- Grain: one row a series and period, as in answers/Figures.sql.
select
    f.series,
    f.choice,
    f.gss,
    f.period_start,
    f.period_end,
    f.period,
    f.value,
    f.lower,
    f.upper,
    f.numerator,
    f.denominator,
    f.population,
    f.flag,
    f.sources,
    f.note
from "Figures" f
join (select unnest($series::integer[]) as series) asked using (series)
where f.choice = 1
qualify
    row_number() over (partition by f.series order by f.period_end desc) <= 5
    or f.flag is distinct from 'anomalous'
    and row_number() over (
        partition by f.series, f.flag is distinct from 'anomalous' order by f.period_end desc
    ) <= 5
order by f.series, f.period_end;
