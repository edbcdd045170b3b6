-- A result is on a scale that its programme used at the time: on the date of its publication, of its fieldwork where that is
-- unknown, as reference/programme_scales.csv has it. A date that is not known cannot be wrong.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with r as (
    select 'results/' || programme || '.csv' as file, *, coalesce(published, fieldwork) as dated
    from result_row
)
select file, line, 'scale' as "column", scale as value, 'is not a scale of programme ' || programme as problem,
    'error' as severity, 'use a scale that reference/programme_scales.csv gives the programme, or add it there' as fix
from r
where scale in (select scale from scale)
    and not exists (select 1 from programme_scale s where s.programme = r.programme and s.scale = r.scale)
union all
select file, r.line, 'scale', r.scale,
    'was in use from ' || s.starts || coalesce(' to ' || s.ends, '') || ', and the result is of ' || r.dated,
    case s.status when 'seen' then 'error' else 'warning' end,
    'check the date, and the words that were used then'
from r
join programme_scale s using (programme, scale)
where partial_last(r.dated) < partial_first(s.starts) or partial_first(r.dated) > partial_last(s.ends)
order by file, line, problem;
