-- What is true of an inspection stands equally on each of its rows: programme, area, re-inspection, fieldwork,
-- publication and sample. Its id is <area>-<programme>-<year of publication>, without the year where that is unknown.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with fact as (
    select 'results/' || programme || '.csv' as file, line, inspection, f.name, coalesce(f.value, '') as value
    from result_row
    cross join unnest([
        {'name': 'programme', 'value': programme},
        {'name': 'area', 'value': area},
        {'name': 'reinspection', 'value': reinspection::varchar},
        {'name': 'fieldwork', 'value': fieldwork},
        {'name': 'published', 'value': published},
        {'name': 'cases', 'value': cases::varchar}
    ]) as t(f)
)
select file, line, name as "column", value, 'differs from another row of inspection ' || inspection as problem,
    'error' as severity, 'give every row of the inspection the same' as fix
from fact
qualify value <> first(value) over (partition by inspection, name order by file, line)
union all
select 'results/' || programme || '.csv', line, 'inspection', inspection,
    'should be ' || area || '-' || programme || coalesce('-' || left(published, 4), ''),
    'error', 'write the id that follows from area, programme and year'
from result_row
where inspection <> area || '-' || programme || coalesce('-' || left(published, 4), '')
order by file, line, "column";
