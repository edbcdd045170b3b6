-- Every published statistic that is marked anomalous, in the order of reference/indicators.csv and, within an indicator, of
-- the record. Grain and columns: those of Observations.sql.
select
    o.indicator,
    i.unit,
    o.place,
    o.level,
    o.gss,
    o.period_start,
    o.period_end,
    o.period,
    o.value,
    o.lower,
    o.upper,
    o.numerator,
    o.denominator,
    o.basis,
    o.flag,
    o.sources,
    o.note
from observation o
join indicator i using (indicator)
where o.flag = 'anomalous'
order by i.position, o.indicator, o.line;
