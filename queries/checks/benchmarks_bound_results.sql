-- The lowest and highest that a notice printed, of the areas inspected to date, hold its own score and every score of the
-- measure that was published for certain before it. Printed benchmarks leave some inspections out, so it is a warning; the
-- furthest score is named by its area.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with bounded as (
    select b.line, b.lowest, b.highest, own.inspection, r.inspection as other, r.percent
    from published_benchmark b
    join result own on own.inspection = b.inspection and own.measure = b.measure
    join result r
        on r.programme = own.programme and r.scale = own.scale and r.measure = own.measure
        and (r.inspection = own.inspection or r.latest < own.earliest)
    where r.percent is not null
),
extreme as (
    select line, lowest, highest, inspection, min(percent) as least, min_by(other, percent) as least_of, max(percent) as greatest,
        max_by(other, percent) as greatest_of
    from bounded
    group by line, lowest, highest, inspection
),
named as (
    select e.*, coalesce(least_area.name_en, least_of) as least_name, coalesce(greatest_area.name_en, greatest_of) as greatest_name
    from extreme e
    left join inspection least_one on least_one.inspection = e.least_of
    left join area least_area on least_area.area = least_one.area
    left join inspection greatest_one on greatest_one.inspection = e.greatest_of
    left join area greatest_area on greatest_area.area = greatest_one.area
)
select 'benchmarks/published.csv' as file, line, 'lowest' as "column", format('{:g}', lowest) as value,
    'is above ' || format('{:g}', least) || ', the score of ' || least_name || case when least_of = inspection then ' itself' else ', published before' end
        as problem,
    'warning' as severity, 'check the notice: what it printed may leave some inspections out' as fix
from named
where lowest > least
union all
select 'benchmarks/published.csv', line, 'highest', format('{:g}', highest),
    'is below ' || format('{:g}', greatest) || ', the score of ' || greatest_name || case when greatest_of = inspection then ' itself' else ', published before' end,
    'warning', 'check the notice: what it printed may leave some inspections out'
from named
where highest < greatest
order by line, "column";
