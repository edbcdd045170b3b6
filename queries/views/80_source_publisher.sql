-- source_publisher: who published what each source was read for, whoever's address it was read at. A source that
-- reference/credits.csv names has that publisher; another has the one of the programme or indicator that most of its rows are
-- of. Grain: one row a source; the publisher is null where nothing says whose it is.
create table source_publisher as
with
counted as (
    -- lists of sources are few, and rows that have them many
    select 'programme' as subject, programme as id, sources, count(*) as rows
    from result_row
    group by programme, sources
    union all
    select 'indicator', indicator, sources, count(*)
    from observation
    group by indicator, sources
),
cited as (
    select subject, id, source, sum(rows) as rows
    from (select subject, id, rows, unnest(sources) as source from counted)
    group by subject, id, source
),
ranked as (
    select c.source, d.publisher
    from cited c
    join credit d using (subject, id)
    qualify row_number() over (partition by c.source order by c.rows desc, d.publisher) = 1
)
select s.source, coalesce(own.publisher, ranked.publisher) as publisher
from (select distinct source from source) s
left join credit own on own.subject = 'source' and own.id = s.source
left join ranked on ranked.source = s.source
order by s.source;
