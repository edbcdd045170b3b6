-- What there is of each series of "Figures", without its figures. Grain: one row a series, by its number, which counts from 1.
-- `gss` is the newest code that its figures give. `figures` counts the rows of the record, `points` those that are the
-- figure of a period, and `sound` the points that are not anomalous. Years are those in which periods end.
create table "Series" as
select
    l.series,
    l.indicator,
    l.level,
    l.place,
    nullif(l.basis, '') as basis,
    arg_max(o.gss, l.period_end) filter (where l.choice = 1 and o.gss is not null) as gss,
    count(*) as figures,
    count(*) filter (where l.choice = 1 and o.flag is distinct from 'anomalous') as sound,
    year(min(l.period_end)) as first_year,
    year(max(l.period_end)) as last_year
from lined_figure l
join observation o on o.rowid = l.id
group by all
order by l.series;
