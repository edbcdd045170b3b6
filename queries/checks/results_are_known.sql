-- A result is of a listed area, programme, scale and measure; its rating is a word of its scale, a percent scale
-- has no rating, and points and their maximum come together. A rating of another scale's words is left blank with a note.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with r as (
    select 'results/' || programme || '.csv' as file, *
    from result_row
)
select file, line, 'area' as "column", area as value, 'is not an area of areas/areas.csv' as problem,
    'error' as severity, 'use an area of the list, or add it there' as fix
from r
where area not in (select area from area)
union all
select file, line, 'inspection', programme, 'no programme of this name: results/<programme>.csv is named after one',
    'error', 'use a programme of reference/programmes.csv, or add it there'
from r
where programme not in (select programme from programme)
union all
select file, line, 'scale', scale, 'is not a scale of reference/scales.csv',
    'error', 'use a scale of the list, or add it there'
from r
where scale not in (select scale from scale)
union all
select file, r.line, 'measure', r.measure, 'is not a measure of programme ' || r.programme,
    'error', 'use a measure of reference/measures.csv, or add it there'
from r
left join measure m using (programme, measure)
where m.kind is null
union all
select file, r.line, 'rating', r.rating, 'is not a word of scale ' || r.scale,
    'error', 'use a word of the scale, or leave it blank with a note'
from r
left join level l on l.scale = r.scale and l.level = r.rating
where r.rating is not null and l.level is null
union all
select file, line, 'points', coalesce(points::varchar, ''), 'points and points_max come together',
    'error', 'give both as the source shows them, or neither'
from r
where (points is null) <> (points_max is null)
union all
select file, line, 'confidence', confidence, 'is neither seen nor third_party',
    'error', 'write seen or third_party'
from r
where confidence not in ('seen', 'third_party')
union all
select file, r.line, 'rating', r.rating, 'is a level that reading ' || d.reading || ' cannot see',
    'error', 'check the confidence of the row, or the levels in reference/readings.csv'
from r
join reading d using (programme, measure, confidence)
where list_contains(d.levels, r.rating)
union all
select file, line, 'measure', measure, 'is given twice for inspection ' || inspection,
    'error', 'keep one row of it'
from r
qualify count(*) over (partition by inspection, measure) > 1
order by file, line, "column", problem;
