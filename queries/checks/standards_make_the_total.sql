-- The points of the standards that count add up to the total of the overall rating; where some of their ratings are not
-- held, the total lies between the points of those that are, and that with the most for each of the others. Without a total
-- the overall word's band leaves room for the standards held. As many standards count as the maximum has room for.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with most as (
    select scale, max(points) as points
    from level
    group by scale
),
held as (
    select r.inspection, count(*) as rated, sum(l.points) as points
    from result_row r
    join measure m using (programme, measure)
    join level l on l.scale = r.scale and l.level = r.rating
    where m.counts and l.points is not null
    group by r.inspection
),
total as (
    select
        'results/' || r.programme || '.csv' as file,
        r.*,
        h.rated,
        coalesce(r.points_max, s.points_max) // most.points as standards,
        h.points as least,
        h.points + greatest(coalesce(r.points_max, s.points_max) // most.points - h.rated, 0) * most.points as greatest
    from result_row r
    join measure m using (programme, measure)
    join programme_scale s using (programme, scale)
    join most using (scale)
    join held h using (inspection)
    where m.kind = 'overall' and most.points > 0
)
select file, line, 'rating' as "column", rating as value,
    'has ratings of ' || rated || ' standards that count, and only ' || standards || ' make its total' as problem,
    'error' as severity, 'rate the standards that were in use at the time' as fix
from total
where rated > standards
union all
select file, line, 'points', points::varchar,
    case
        when rated = standards then 'is not ' || least || ', what its ' || standards || ' standards add up to'
        else 'is not between ' || least || ' and ' || greatest || ', which is what the ' || rated || ' of ' || standards
            || ' standards held leave open'
    end,
    'error', 'check the total and the ratings of its standards against the source'
from total
where rated <= standards and not points between least and greatest
union all
select file, t.line, 'rating', t.rating,
    'goes with ' || b.lower::integer || ' to ' || b.upper::integer || ' points, and the ' || t.rated || ' of ' || t.standards
        || ' standards held give ' || least || case when least < greatest then ' to ' || greatest else '' end,
    case b.status when 'seen' then 'error' else 'warning' end,
    'check the overall rating and those of its standards against the source'
from total t
join band b on b.programme = t.programme and b.unit = 'points' and (b.measure is null or b.measure = t.measure) and b.word = t.rating
where t.points is null and t.rated <= t.standards and (b.upper < t.least or b.lower > t.greatest)
order by file, line, "column";
