-- A rate in percent follows, to the printed decimal, from the counts of the same place, period and series that are held as
-- indicators of their own (reference/indicators.csv, numerator and denominator); where only the denominator is held, some
-- whole number of it gives the rate. Two publications may have revised the figures between them, so where rate and counts
-- share no source it is a warning.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with rate as (
    select
        'indicators/' || o.indicator || '.csv' as file,
        o.line,
        o.value,
        i.numerator,
        i.denominator,
        n.value as counted,
        d.value as cohort,
        coalesce(n.value, round(o.value * d.value / 100)) as nearest,
        list_has_any(o.sources, d.sources) and (n.value is null or list_has_any(o.sources, n.sources)) as one_source
    from observation o
    join indicator i using (indicator)
    join observation d
        on d.indicator = i.denominator and d.place = o.place and d.level = o.level
        and d.period_start = o.period_start and d.period_end = o.period_end and d.basis is not distinct from o.basis
    left join observation n
        on n.indicator = i.numerator and n.place = o.place and n.level = o.level
        and n.period_start = o.period_start and n.period_end = o.period_end and n.basis is not distinct from o.basis
    where i.unit = 'percent' and d.value > 0
)
select
    file,
    line,
    'value' as "column",
    value::varchar as value,
    case
        when counted is not null then
            'is not ' || numerator || ' / ' || denominator || ', ' || counted::bigint || ' of ' || cohort::bigint || ' or '
                || round(100 * counted / cohort, 2)
        else 'is reached by no whole number of the ' || denominator || ', ' || cohort::bigint
    end as problem,
    case when one_source then 'error' else 'warning' end as severity,
    'check the rate and its counts against the source' as fix
from rate
where abs(value - 100 * nearest / cohort) > half_unit(value) + 1e-9
order by file, line;
