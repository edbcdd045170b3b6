-- Authorities that ended, with those of today that took them over, through authorities that ended in between.
-- Grain: one row a former authority and one of today's, by name.
with recursive
ended as (
    select gss, name, unnest(string_split(replaced_by, ';')) as successor
    from code_change
    where end_date is not null and replaced_by is not null
),
followed as (
    select gss, name, successor
    from ended
    union
    select f.gss, f.name, e.successor
    from followed f
    join ended e on e.name = f.successor and e.gss <> f.gss
),
-- an area may call an authority by another name than the list of authorities
served as (
    select gss, name
    from area_constituent
    join area using (area)
    where status = 'current'
    union
    select gss, name
    from authority
    where gss in (select gss from area_constituent join area using (area) where status = 'current')
)
select distinct f.name, s.gss
from followed f
join served s on s.name = f.successor
order by f.name, s.gss;
