-- Published statistics of a place in a period. Grain: one row a place, period and source: where two sources give one figure, both
-- stand. value, lower and upper are in the indicator's unit; numerator and denominator are counts. Dates are days. indicator_position
-- and line order them as reference/indicators.csv and, within an indicator, the record do.
create view published_statistic as
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
    o.note,
    i.position as indicator_position,
    o.line
from observation o
join indicator i using (indicator);
