-- lined_figure: which series each published statistic belongs to, while a release is built. Grain: one row of the record.
-- A series is what may be drawn as one line: one indicator, kind of place, place, basis and cycle. A cycle is how many
-- months periods last, 0 for a day, and the month of the year, counted in such lengths, that they end in. Series are
-- numbered by indicator in the order pages show them, kind of place, place, newest period and basis.
-- `choice` is 1 for the figure of a period. What further documents give for it follows: a published figure comes before
-- one derived from counts, then the document that goes on giving the series longest, then the one that gives more of the
-- indicator, then the one that comes first in the record. `id` is the rowid of the observation.
create temp table lined_figure as
with
document as (
    select row_number() over () as document, sources
    from (select distinct sources from observation)
),
figure as (
    select
        o.rowid as id,
        i.position,
        o.indicator,
        o.level,
        o.place,
        coalesce(o.basis, '') as basis,
        case
            when o.period_start = o.period_end then 0
            else datediff('month', o.period_start, o.period_end + 1)
        end as months,
        case
            when o.period_start = o.period_end then month(o.period_end)
            else month(o.period_end) % greatest(datediff('month', o.period_start, o.period_end + 1), 1)
        end as phase,
        o.period_start,
        o.period_end,
        coalesce(o.note like 'DERIVED%', false) as derived,
        d.document,
        o.line
    from observation o
    join indicator i using (indicator)
    join document d using (sources)
),
given as (
    select indicator, document, count(*) as figures
    from figure
    group by indicator, document
),
goes_on as (
    select indicator, level, place, basis, months, phase, document, max(period_end) as last
    from figure
    group by all
),
chosen as (
    select
        f.*,
        row_number() over (
            partition by f.indicator, f.level, f.place, f.basis, f.months, f.phase, f.period_end
            order by f.derived, g.last desc, n.figures desc, f.line
        ) as choice
    from figure f
    join goes_on g using (indicator, level, place, basis, months, phase, document)
    join given n using (indicator, document)
),
series as (
    select
        indicator,
        level,
        place,
        basis,
        months,
        phase,
        row_number() over (
            order by any_value(position), indicator, level, place, max(period_end) desc,
                arg_max(period_start, period_end) filter (where choice = 1), basis, months, phase
        ) as series
    from chosen
    group by indicator, level, place, basis, months, phase
)
select s.series, c.*
from chosen c
join series s using (indicator, level, place, basis, months, phase);
