-- How many published statistics name each source. Grain: one row a source, by id.
create table "SourceCounts" as
with
listed as (
    -- lists of sources are few, and rows that have them many
    select sources, count(*) as figures
    from observation
    group by sources
),
cited as (
    select unnest(sources) as source, figures
    from listed
)
select source, sum(figures)::bigint as figures
from cited
group by source
order by source;
