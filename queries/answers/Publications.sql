-- Publications: every release up to this one with how many figures it added, corrected and withdrew. A correction of
-- three fields of one figure counts once.
-- Answers: position, release, published, origin, why, added, corrected, withdrawn; one row a release, newest first.
create table "Publications" as
with figure as (
    select position, act,
        case when act = 'corrected'
            then count(distinct concat_ws(chr(31), subject, coalesce(inspection, ''), coalesce(measure, ''), coalesce(place, ''), coalesce(period, '')))
            else coalesce(sum(rows) filter (field is null), 0)
                + count(distinct concat_ws(chr(31), subject, coalesce(inspection, ''), coalesce(measure, ''), coalesce(place, ''), coalesce(period, '')))
                    filter (field is not null)
        end as figures
    from revision
    where subject in ('result', 'observation')
    group by position, act
)
select p.position, p.release, p.published, p.origin, p.why,
    coalesce(max(f.figures) filter (f.act = 'added'), 0)::integer as added,
    coalesce(max(f.figures) filter (f.act = 'corrected'), 0)::integer as corrected,
    coalesce(max(f.figures) filter (f.act = 'withdrawn'), 0)::integer as withdrawn
from publication p
left join figure f on f.position = p.position
group by p.position, p.release, p.published, p.origin, p.why
order by p.position desc;
