-- measure_year: how the results of a measure that were published in one year are spread over a group of areas. Grain: one
-- row a programme, scale, measure, group and `year`; a null year is of the results whose year is not known. Censored measures
-- (view censored_measure) have no row.
-- Every inspection counts, so an area inspected twice in a year counts twice. `n` results are usable (a word of the scale,
-- or a percent) and `unknown` are not; `good` are good or better. The numbers (lowest to q3, in `unit`) are over the
-- `valued` usable results that have one; quartiles are type 7 (linear). `levels` counts results at each position.
create table measure_year as
with
dated as (
    select
        r.*,
        case when year(r.earliest) = year(r.latest) then year(r.earliest) end as year,
        coalesce(l.good_or_better, false) as good
    from result r
    left join level l on l.scale = r.scale and l.position = r.position
    where r.censored is null
),
counted as (
    select
        d.programme,
        d.scale,
        d.measure,
        m.kind,
        m.name,
        d.year,
        count(d.standing) as n,
        count(*) - count(d.standing) as unknown,
        count(*) filter (where d.good and d.standing is not null) as good,
        count(d.value) filter (where d.standing is not null) as valued,
        any_value(d.unit) as unit,
        min(d.value) filter (where d.standing is not null) as lowest,
        max(d.value) filter (where d.standing is not null) as highest,
        avg(d.value) filter (where d.standing is not null) as average,
        quantile_cont(d.value, [0.25, 0.5, 0.75]) filter (where d.standing is not null) as quartiles,
        histogram(d.position) filter (where d.standing is not null and d.position is not null) as levels
    from dated d
    join group_member m using (area)
    group by all
)
select
    programme,
    scale,
    measure,
    kind,
    name,
    year,
    n,
    unknown,
    good,
    valued,
    unit,
    lowest,
    highest,
    average,
    quartiles[1] as q1,
    quartiles[2] as median,
    quartiles[3] as q3,
    [{'position': e.key, 'areas': e.value::integer} for e in map_entries(levels)] as levels
from counted
order by programme, scale, measure, kind, name, year nulls last;
