-- Every programme, oldest first, with how much of it is held. Grain: one row a programme.
create table "Programmes" as
with held as (
    select programme, count(*) as results, count(distinct inspection) as inspections
    from result_row
    group by programme
)
select
    p.programme,
    p.starts,
    p.ends,
    p.sampling,
    p.expected_areas,
    p.status,
    coalesce(held.results, 0) as results,
    coalesce(held.inspections, 0) as inspections
from programme p
left join held using (programme)
order by p.position, p.programme;
