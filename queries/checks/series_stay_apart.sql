-- Series of one indicator never join. A figure of an indicator that is published in several names one of them
-- (reference/bases.csv); none is of a period outside the time of its series; and where a place has a figure of an ended
-- series whose period overlaps that of another, without being the same, it is a warning: the two read like one series, and
-- are none. The same period in both is how a publisher bridges them.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with o as (
    select 'indicators/' || indicator || '.csv' as file, *
    from observation
),
named as (
    select indicator, string_agg(basis, ' or ' order by line) as bases
    from basis
    group by indicator
)
select file, o.line, 'basis' as "column", coalesce(o.basis, '') as value, 'names no series of the indicator: ' || n.bases as problem,
    'error' as severity, 'say which series the figure is of' as fix
from o
join named n using (indicator)
where coalesce(o.basis, '') not in (select b.basis from basis b where b.indicator = o.indicator)
union all
select file, line, 'basis', basis, 'is given, and the indicator is published in one series',
    'error', 'leave the basis blank, or list the series in reference/bases.csv'
from o
where basis is not null and indicator not in (select indicator from basis)
union all
select file, o.line, 'basis', o.basis,
    case
        when o.period_end > partial_last(b.ends) then 'ended in ' || b.ends || ', before ' || o.period_end
        else 'began in ' || b.starts || ', after ' || o.period_start
    end,
    case b.status when 'seen' then 'error' else 'warning' end,
    'check the period and the series against the source'
from o
join basis b using (indicator, basis)
where o.period_end > partial_last(b.ends) or o.period_start < partial_first(b.starts)
union all
select o.file, o.line, 'basis', o.basis,
    'the period overlaps ' || min(p.period_start) || ' to ' || min_by(p.period_end, p.period_start) || ' of the '
        || min_by(p.basis, p.period_start) || ' series',
    'warning', 'never read the two as one series'
from o
join basis b using (indicator, basis)
join observation p
    on p.indicator = o.indicator and p.place = o.place and p.level = o.level and p.basis <> o.basis
    and p.period_start <= o.period_end and p.period_end >= o.period_start
where b.ends is not null
group by o.file, o.line, o.basis, o.period_start, o.period_end
having not bool_or(p.period_start = o.period_start and p.period_end = o.period_end)
order by file, line, problem;
