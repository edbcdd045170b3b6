-- Takes out of an earlier release that is made again what the current one, attached as newest, has no more: results, printed
-- benchmarks and observations, with what the history says of them, and documents that nothing else cites.
create or replace temp table gone_result as
select inspection, measure from result_row
except
select inspection, measure from newest.result_row;

create or replace temp table gone_observation as
select place, period_start
from observation o
where not exists (
    select 1 from newest.observation n
    where n.indicator = o.indicator and n.place = o.place and n.level = o.level and n.period_start = o.period_start and n.period_end = o.period_end
        and n.basis is not distinct from o.basis
);

delete from revision
where (inspection, measure) in (select inspection, measure from gone_result)
    or (place, period) in (select place, period_start::varchar from gone_observation);

-- Results that were withdrawn since are told of by neither: an import that brought them is left out before. What this
-- release itself told as withdrawn stays told.
delete from revision r
where r.subject in ('result', 'benchmark')
    and not exists (
        select 1 from newest.result_row n where n.inspection = r.inspection and n.measure = r.measure
    )
    and not exists (
        select 1 from revision w
        where w.subject = 'result' and w.act = 'withdrawn' and w.field is null and w.inspection = r.inspection and w.measure = r.measure
    );

delete from revision r
where r.subject = 'area'
    and not exists (select 1 from newest.area n where n.area = r.place);

-- What the current release does not tell any more about a change, this one does not tell either.
update revision r
set before = null, after = null
where exists (
    select 1 from newest.revision n
    where n.subject = r.subject and n.inspection is not distinct from r.inspection and n.measure is not distinct from r.measure
        and n.place is not distinct from r.place and n.period is not distinct from r.period and n.field is not distinct from r.field
        and n.before is null and n.after is null
);

delete from observation o
where not exists (
    select 1 from newest.observation n
    where n.indicator = o.indicator and n.place = o.place and n.level = o.level and n.period_start = o.period_start and n.period_end = o.period_end
        and n.basis is not distinct from o.basis
);

delete from published_benchmark
where (inspection, measure) in (select inspection, measure from gone_result)
    or (inspection, measure) not in (select inspection, measure from newest.published_benchmark);

delete from result_row
where (inspection, measure) in (select inspection, measure from gone_result);

delete from finding f
where not exists (
    select 1 from newest.finding n where n.inspection = f.inspection and n.kind = f.kind and n.position = f.position
);

delete from source
where source not in (select source from newest.source)
    and source not in (
        select unnest(sources) from result_row
        union select unnest(sources) from published_benchmark
        union select unnest(sources) from observation
        union select unnest(sources) from finding
        union select unnest(sources) from area
        union select unnest(sources) from area_alias
        union select unnest(sources) from area_constituent
        union select unnest(sources) from area_succession
        union select unnest(sources) from authority
        union select unnest(sources) from neighbour
        union select unnest(sources) from code_change
        union select unnest(sources) from postcode
        union select unnest(sources) from town
        union select unnest(sources) from parish
    );
