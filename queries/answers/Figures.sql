-- Every published statistic, lined up into the series of "Series", so that a page reads those it shows and no others.
-- Grain: one row of the record, by series, period and `choice` (of lined_figure: 1 is the figure of the period).
-- `population` is, for a rate whose count is not published, that of the place at the middle nearest to the middle of the
-- period, none more than five years off; of two, the earlier. value, lower and upper are in the indicator's unit;
-- numerator, denominator and population are counts. `newest`, the last column, marks as many as a trend is told by: of the
-- figures of a period, the last five that are not anomalous, and the last five of all.
create table "Figures" as
with
stock as (
    select
        o.indicator as denominator,
        o.level,
        o.place,
        (o.period_start - date '1970-01-01') + (o.period_end - date '1970-01-01') as middle, -- twice, in days
        arg_min(o.value, o.line) as value
    from observation o
    join indicator i using (indicator)
    where i.counts = 'stock'
    group by all
),
rate as (
    select
        o.rowid as id,
        i.denominator,
        o.level,
        o.place,
        (o.period_start - date '1970-01-01') + (o.period_end - date '1970-01-01') as middle
    from observation o
    join indicator i using (indicator)
    where i.unit in ('percent', 'per_1000', 'per_10000', 'per_100000')
        and i.denominator is not null
        and o.numerator is null
),
before as (
    select r.id, r.middle - s.middle as apart, s.value
    from rate r
    asof join stock s
        on s.denominator = r.denominator and s.level = r.level and s.place = r.place and r.middle >= s.middle
),
after as (
    select r.id, s.middle - r.middle as apart, s.value
    from rate r
    asof join stock s
        on s.denominator = r.denominator and s.level = r.level and s.place = r.place and r.middle <= s.middle
),
people as (
    select id, arg_min(value, 2 * apart + late) as population
    from (
        select id, apart, value, 0 as late from before
        union all
        select id, apart, value, 1 from after
    )
    where apart <= 2 * 5 * 366
    group by id
)
select
    l.series,
    l.choice,
    o.gss,
    o.period_start,
    o.period_end,
    o.period,
    o.value,
    o.lower,
    o.upper,
    o.numerator,
    o.denominator,
    p.population,
    o.flag,
    o.sources,
    o.note,
    l.choice = 1 and (
        row_number() over (partition by l.series, l.choice order by l.period_end desc) <= 5
        or o.flag is distinct from 'anomalous'
        and row_number() over (
            partition by l.series, l.choice, o.flag is distinct from 'anomalous' order by l.period_end desc
        ) <= 5
    ) as newest
from lined_figure l
join observation o on o.rowid = l.id
left join people p on p.id = l.id
order by l.series, l.period_end, l.choice;
