-- The history of releases is whole: positions run from 1 in order of time, each release names where it comes from, a
-- change belongs to a release, a correction names its field and changes it, and what was withdrawn last is not held.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with found as (
    select 'history/releases.csv' as file, line, 'position' as "column", position::varchar as value,
        'does not follow the release before it' as problem, 'number the releases from 1, oldest first' as fix
    from publication
    qualify position <> row_number() over (order by line)
    union all
    select 'history/releases.csv', line, 'published', published::varchar, 'is before the release before it', 'order the releases by time'
    from publication
    qualify published < lag(published) over (order by line)
    union all
    select 'history/releases.csv', line, 'origin', origin, 'is neither shipped nor register', 'write shipped'
    from publication
    where origin not in ('shipped', 'register')
    union all
    select 'history/releases.csv', line, 'release', release, 'is no release id', 'leave it blank where it is not known'
    from publication
    where not regexp_full_match(release, '[0-9a-f]{64}')
    union all
    select 'history/revisions.csv', line, 'position', position::varchar, 'is not a release of history/releases.csv', 'list the release'
    from revision
    where position not in (select position from publication)
    union all
    select 'history/revisions.csv', line, 'subject', subject, 'is none of result, benchmark, observation, area, finding', 'name one of them'
    from revision
    where subject not in ('result', 'benchmark', 'observation', 'area', 'finding')
    union all
    select 'history/revisions.csv', line, 'act', act, 'is none of added, corrected, withdrawn', 'name one of them'
    from revision
    where act not in ('added', 'corrected', 'withdrawn')
    union all
    select 'history/revisions.csv', line, 'rows', rows::varchar, 'is not a number of figures', 'write 1 or more'
    from revision
    where rows < 1
    union all
    select 'history/revisions.csv', line, 'field', coalesce(field, ''), 'a correction names the field that it changes, and what came does not',
        'name the column that was corrected'
    from revision
    where (act = 'corrected' and rows = 1 and field is null) or (act = 'added' and field is not null) or (rows > 1 and field is not null)
    union all
    select 'history/revisions.csv', line, 'after', coalesce(after, ''), 'is what was there before', 'leave out what did not change'
    from revision
    where act = 'corrected' and field is not null and before = after
    union all
    select 'history/revisions.csv', last_told.line, 'inspection', last_told.inspection || ' ' || last_told.measure, 'was withdrawn, and is held',
        'tell how it came back'
    from (
        select *
        from revision
        where subject = 'result'
        qualify row_number() over (partition by inspection, measure order by position desc, line desc) = 1
    ) last_told
    join result_row r using (inspection, measure)
    where act = 'withdrawn' and field is null
)
select file, line, "column", value, problem, 'error' as severity, fix
from found
order by file, line, "column", problem;
