-- The words, measures and themes that rows refer to exist: levels belong to a scale, measures to a programme,
-- crosswalk rows to a theme and a measure, bands, cautions and scales in use to a programme, series to an indicator, readings to
-- a measure and its levels; ids are unique, level positions run from 1, and no two scales of a programme are in use at once.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
select 'reference/levels.csv' as file, line, 'scale' as "column", scale as value, 'is not a scale' as problem,
    'error' as severity, 'use a scale of reference/scales.csv, or add it there' as fix
from level
where scale not in (select scale from scale)
union all
select 'reference/levels.csv', line, 'position', position::varchar, 'does not follow the level before it',
    'error', 'number the levels of the scale from 1, lowest first'
from level
qualify position <> row_number() over (partition by scale order by position, line)
union all
select 'reference/levels.csv', line, 'level', level, 'is listed more than once',
    'error', 'keep one row of it'
from level
qualify count(*) over (partition by scale, level) > 1
union all
select 'reference/programmes.csv', line, 'programme', programme, 'is listed more than once',
    'error', 'keep one row of it'
from programme
qualify count(*) over (partition by programme) > 1
union all
select 'reference/scales.csv', line, 'scale', scale, 'is listed more than once',
    'error', 'keep one row of it'
from scale
qualify count(*) over (partition by scale) > 1
union all
select 'reference/themes.csv', line, 'theme', theme, 'is listed more than once',
    'error', 'keep one row of it'
from theme
qualify count(*) over (partition by theme) > 1
union all
select 'reference/indicators.csv', line, 'indicator', indicator, 'is listed more than once',
    'error', 'keep one row of it'
from indicator
qualify count(*) over (partition by indicator) > 1
union all
select 'reference/cautions.csv', line, 'programme', programme, 'is not a programme',
    'error', 'use a programme of reference/programmes.csv, or add it there'
from caution
where programme not in (select programme from programme)
union all
select 'reference/cautions.csv', line, 'other', other, 'is not a programme',
    'error', 'use a programme of reference/programmes.csv, or add it there'
from caution
where other not in (select programme from programme)
union all
select 'reference/measures.csv', line, 'programme', programme, 'is not a programme',
    'error', 'use a programme of reference/programmes.csv, or add it there'
from measure
where programme not in (select programme from programme)
union all
select 'reference/measures.csv', line, 'measure', measure, 'is listed more than once',
    'error', 'keep one row of it'
from measure
qualify count(*) over (partition by programme, measure) > 1
union all
select 'reference/crosswalk.csv', line, 'theme', theme, 'is not a theme',
    'error', 'use a theme of reference/themes.csv, or add it there'
from crosswalk
where theme not in (select theme from theme)
union all
select 'reference/crosswalk.csv', c.line, 'measure', c.measure, 'is not a measure of programme ' || c.programme,
    'error', 'use a measure of reference/measures.csv, or add it there'
from crosswalk c
left join measure m using (programme, measure)
where m.kind is null
union all
select 'reference/crosswalk.csv', line, 'measure', measure, 'is under more than one theme',
    'error', 'keep one row of it'
from crosswalk
qualify count(*) over (partition by programme, measure) > 1
union all
select 'reference/crosswalk.csv', line, 'primary', programme || ' ' || theme, 'a programme has one primary measure a theme',
    'error', 'mark one of them primary'
from crosswalk
where "primary"
qualify count(*) over (partition by programme, theme) > 1
union all
select 'reference/programmes.csv', line, 'sampling', sampling, 'is none of census, targeted, screening, unknown',
    'error', 'write one of them'
from programme
where sampling not in ('census', 'targeted', 'screening', 'unknown')
union all
select 'reference/scales.csv', line, 'kind', kind, 'is neither percent nor levels',
    'error', 'write percent or levels'
from scale
where kind not in ('percent', 'levels')
union all
select 'reference/bands.csv', line, 'programme', programme, 'is not a programme',
    'error', 'use a programme of reference/programmes.csv, or add it there'
from band
where programme not in (select programme from programme)
union all
select 'reference/programme_scales.csv', line, 'programme', programme, 'is not a programme',
    'error', 'use a programme of reference/programmes.csv, or add it there'
from programme_scale
where programme not in (select programme from programme)
union all
select 'reference/programme_scales.csv', line, 'scale', scale, 'is not a scale',
    'error', 'use a scale of reference/scales.csv, or add it there'
from programme_scale
where scale not in (select scale from scale)
union all
select 'reference/programme_scales.csv', line, 'scale', scale, 'is listed more than once',
    'error', 'keep one row of it'
from programme_scale
qualify count(*) over (partition by programme, scale) > 1
union all
select 'reference/programme_scales.csv', s.line, 'starts', s.starts, 'is before scale ' || p.scale || ' of the programme ended',
    'error', 'let one scale of a programme end before the next starts'
from programme_scale s
join programme_scale p on p.programme = s.programme and p.scale <> s.scale
where (partial_first(p.starts), p.line) < (partial_first(s.starts), s.line)
    and partial_first(s.starts) <= coalesce(partial_last(p.ends), 'infinity'::date)
union all
select 'reference/measures.csv', line, 'share_of', share_of, 'is neither cases nor judgements',
    'error', 'write cases or judgements, or leave it blank'
from measure
where share_of not in ('cases', 'judgements')
union all
select 'reference/measures.csv', line, 'judged_in', judged_in, 'does not say in which cases the measure was judged',
    'error', 'write all or part where share_of is judgements, with its status; else leave both blank'
from measure
where (share_of is not distinct from 'judgements') <> (judged_in is not null and judged_in in ('all', 'part'))
    or (judged_in is null) <> (judged_in_status is null)
union all
select 'reference/readings.csv', r.line, 'measure', r.measure, 'is not a measure of programme ' || r.programme,
    'error', 'use a measure of reference/measures.csv, or add it there'
from reading r
left join measure m using (programme, measure)
where m.kind is null
union all
select 'reference/readings.csv', line, 'measure', measure, 'is listed more than once',
    'error', 'keep one row of it'
from reading
qualify count(*) over (partition by reading, programme, measure) > 1
union all
select 'reference/readings.csv', line, 'confidence', confidence, 'is neither seen nor third_party',
    'error', 'write what results that were read so have there'
from reading
where confidence not in ('seen', 'third_party')
union all
select 'reference/readings.csv', line, 'levels', '', 'names no level that the reading could not see',
    'error', 'name the levels, or leave the row out'
from reading
where len(levels) = 0
union all
select 'reference/readings.csv', r.line, 'levels', r.level, 'is a level of no scale of programme ' || r.programme,
    'error', 'use a level of reference/levels.csv on a scale of the programme'
from (select line, programme, unnest(levels) as level from reading) r
where not exists (
    select 1 from programme_scale p join level l using (scale) where p.programme = r.programme and l.level = r.level
)
union all
select 'reference/publishers.csv', line, 'publisher', publisher, 'is listed more than once',
    'error', 'keep one row of it'
from publisher
qualify count(*) over (partition by publisher) > 1
union all
select 'reference/credits.csv', line, 'publisher', publisher, 'is not a publisher',
    'error', 'use a publisher of reference/publishers.csv, or add it there'
from credit
where publisher not in (select publisher from publisher)
union all
select 'reference/credits.csv', line, 'id', subject || ' ' || id, 'is listed more than once',
    'error', 'keep one row of it'
from credit
qualify count(*) over (partition by subject, id) > 1
union all
select 'reference/credits.csv', line, 'id', subject || ' ' || id, 'is no programme, indicator or source of the record',
    'error', 'correct the id, or leave the row out'
from credit
where not case subject
    when 'programme' then id in (select programme from programme)
    when 'indicator' then id in (select indicator from indicator)
    when 'source' then id in (select source from source)
    else false
end
union all
select 'reference/indicators.csv', line, c.name, c.value, 'is not an indicator',
    'error', 'use an indicator of the list, or leave both blank'
from indicator
cross join unnest([{'name': 'numerator', 'value': numerator}, {'name': 'denominator', 'value': denominator}]) as t(c)
where c.value not in (select indicator from indicator)
union all
select 'reference/bases.csv', line, 'indicator', indicator, 'is not an indicator',
    'error', 'use an indicator of reference/indicators.csv, or add it there'
from basis
where indicator not in (select indicator from indicator)
union all
select 'reference/bases.csv', line, 'basis', basis, 'is listed more than once',
    'error', 'keep one row of it'
from basis
qualify count(*) over (partition by indicator, basis) > 1
union all
select 'reference/indicators.csv', line, 'better', better, 'is neither low nor high',
    'error', 'write which way is better, or leave it blank where neither is'
from indicator
where better not in ('low', 'high')
union all
select 'reference/indicators.csv', line, 'counts', counts, 'is neither children nor events nor stock',
    'error', 'write what is counted: only a rate of children is a share'
from indicator
where counts not in ('children', 'events', 'stock')
union all
select file, line, 'status', status, 'is neither seen nor inferred',
    'error', 'write seen or inferred: what rests on it is held to it by that'
from (
    select 'reference/programme_scales.csv' as file, line, status from programme_scale
    union all select 'reference/bases.csv', line, status from basis
    union all select 'reference/bands.csv', line, status from band
    union all select 'reference/readings.csv', line, status from reading
)
where status not in ('seen', 'inferred')
order by file, line, problem;
