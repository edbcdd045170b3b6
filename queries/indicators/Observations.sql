-- Published statistics of a place in a period, in the order of reference/indicators.csv and, within an indicator, of the
-- record. flag: that they have; '' for all. Grain: one row a place, period and source: where two sources give one figure, both stand.
-- value, lower and upper are in the indicator's unit; numerator and denominator are counts. Dates are days.
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
where $flag = '' or o.flag = $flag
order by i.position, o.indicator, o.line;
