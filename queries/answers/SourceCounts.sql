-- How many published statistics and how many findings name each source. Grain: one row a source, by id.
create table "SourceCounts" as
with
listed as (
    -- lists of sources are few, and rows that have them many
    select sources, count(*) as figures, 0 as findings
    from observation
    group by sources
    union all
    select sources, 0, count(*)
    from finding
    group by sources
),
cited as (
    select unnest(sources) as source, figures, findings
    from listed
)
select source, sum(figures)::bigint as figures, sum(findings)::bigint as findings
from cited
group by source
order by source;
