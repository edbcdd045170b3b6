-- The words, measures and themes that rows refer to exist: levels belong to a scale, measures to a programme,
-- crosswalk rows to a theme and a measure, bands and cautions to a programme; ids are unique, and level positions run
-- from 1.
-- Answers: file, line, column, value, problem; one row a finding.
select 'reference/levels.csv' as file, line, 'scale' as "column", scale as value, 'is not a scale' as problem
from level
where scale not in (select scale from scale)
union all
select 'reference/levels.csv', line, 'position', position::varchar, 'does not follow the level before it'
from level
qualify position <> row_number() over (partition by scale order by position, line)
union all
select 'reference/levels.csv', line, 'level', level, 'is listed more than once'
from level
qualify count(*) over (partition by scale, level) > 1
union all
select 'reference/programmes.csv', line, 'programme', programme, 'is listed more than once'
from programme
qualify count(*) over (partition by programme) > 1
union all
select 'reference/scales.csv', line, 'scale', scale, 'is listed more than once'
from scale
qualify count(*) over (partition by scale) > 1
union all
select 'reference/themes.csv', line, 'theme', theme, 'is listed more than once'
from theme
qualify count(*) over (partition by theme) > 1
union all
select 'reference/indicators.csv', line, 'indicator', indicator, 'is listed more than once'
from indicator
qualify count(*) over (partition by indicator) > 1
union all
select 'reference/cautions.csv', line, 'programme', programme, 'is not a programme'
from caution
where programme not in (select programme from programme)
union all
select 'reference/cautions.csv', line, 'other', other, 'is not a programme'
from caution
where other not in (select programme from programme)
union all
select 'reference/measures.csv', line, 'programme', programme, 'is not a programme'
from measure
where programme not in (select programme from programme)
union all
select 'reference/measures.csv', line, 'measure', measure, 'is listed more than once'
from measure
qualify count(*) over (partition by programme, measure) > 1
union all
select 'reference/crosswalk.csv', line, 'theme', theme, 'is not a theme'
from crosswalk
where theme not in (select theme from theme)
union all
select 'reference/crosswalk.csv', c.line, 'measure', c.measure, 'is not a measure of programme ' || c.programme
from crosswalk c
left join measure m using (programme, measure)
where m.kind is null
union all
select 'reference/crosswalk.csv', line, 'measure', measure, 'is under more than one theme'
from crosswalk
qualify count(*) over (partition by programme, measure) > 1
union all
select 'reference/crosswalk.csv', line, 'primary', programme || ' ' || theme, 'a programme has one primary measure a theme'
from crosswalk
where "primary"
qualify count(*) over (partition by programme, theme) > 1
union all
select 'reference/programmes.csv', line, 'sampling', sampling, 'is none of census, targeted, screening, unknown'
from programme
where sampling not in ('census', 'targeted', 'screening', 'unknown')
union all
select 'reference/scales.csv', line, 'kind', kind, 'is neither percent nor levels'
from scale
where kind not in ('percent', 'levels')
union all
select 'reference/bands.csv', line, 'programme', programme, 'is not a programme'
from band
where programme not in (select programme from programme)
order by file, line, problem;
