-- What readers are told of publications to come is whole: each is announced first, every area is known, and dates read.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with found as (
    select line, 'act' as "column", act as value, 'is not what is told at this step' as problem,
        'announce a publication first; then write moved, changed, cancelled or published' as fix
    from announcement
    where (step = 1) <> (act = 'announced') or act not in ('announced', 'moved', 'changed', 'cancelled', 'published')
    union all
    select line, 'step', step::varchar, 'does not follow what was told before', 'number what is told of a publication from 1'
    from announcement
    qualify step <> row_number() over (partition by announcement order by line)
    union all
    select line, 'areas', area, 'is no area', 'use an id of areas/areas.csv'
    from (select line, unnest(areas) as area from announcement)
    where area not in (select area from area)
    union all
    select line, 'expected', expected, 'is neither a month nor a day', 'write 2027-06 or 2027-06-13'
    from announcement
    where partial_first(expected) is null or length(expected) = 4
)
select 'announcements/announcements.csv' as file, line, "column", value, problem, 'error' as severity, fix
from found
order by file, line, "column", problem;
