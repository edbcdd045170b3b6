-- A rate is not the same number per 10,000 children as per 1,000: where two indicators give one rate per different numbers,
-- as their names say, equal values of a place and period are of one of them. Figures flagged anomalous are known.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with rate as (
    select
        o.*,
        regexp_replace(o.indicator, '_per_[0-9]+k?$', '') as rate,
        case i.unit when 'per_1000' then 1000 when 'per_10000' then 10000 when 'per_100000' then 100000 end as per
    from observation o
    join indicator i using (indicator)
    where i.unit in ('per_1000', 'per_10000', 'per_100000') and o.flag is distinct from 'anomalous'
)
select distinct
    'indicators/' || o.indicator || '.csv' as file,
    o.line,
    'value' as "column",
    o.value::varchar as value,
    'is the figure of ' || p.indicator || ', which is per another number' as problem,
    'error' as severity,
    'correct it, or flag it as anomalous' as fix
from rate o
join rate p using (rate, place, level, period_start, period_end)
where o.per > p.per and o.value = p.value and o.value > 0.5
order by file, line;
