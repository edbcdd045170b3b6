-- source_publisher: who published what each source was read for, whoever's address it was read at. A source that
-- reference/credits.csv names has that publisher; another has the one of the programme or indicator that most of its rows are
-- of. Grain: one row a source; the publisher is null where nothing says whose it is.
create table source_publisher as
with
cited as (
    select unnest(sources) as source, 'programme' as subject, programme as id, count(*) as rows
    from result_row
    group by all
    union all
    select unnest(sources), 'indicator', indicator, count(*)
    from observation
    group by all
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
