-- An inspection is of an area that existed: none before the area began, and none after it ended under its own name. What
-- counts is the fieldwork; a report may come out after the area that it is of has ended, so where only the publication is
-- known and comes after the end, it is a warning. So it is where the end is not known, but that all successors had begun.
-- Dates that may be in time are. An inspection is found by its first row.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with inspected as (
    select 'results/' || programme || '.csv' as file, min(line) as line, first(area order by line) as area,
        first(published order by line) as published, first(fieldwork order by line) as fieldwork
    from result_row
    group by programme, inspection
),
succeeded as (
    select s.predecessor as area, max_by(n.valid_from, partial_last(n.valid_from)) as succeeded
    from area_succession s
    join area n on n.area = s.successor
    group by s.predecessor
    having count(*) = count(n.valid_from)
),
dated as (
    select
        i.file,
        i.line,
        case when i.fieldwork is not null then 'fieldwork' else 'published' end as "column",
        coalesce(i.fieldwork, i.published) as date,
        a.area,
        a.valid_from,
        a.valid_to,
        case when a.status = 'former' and a.valid_to is null then s.succeeded end as succeeded
    from inspected i
    join area a using (area)
    left join succeeded s using (area)
)
select file, line, "column", date as value, 'is before ' || area || ' began, ' || valid_from as problem,
    'error' as severity, 'name the area that was inspected then' as fix
from dated
where partial_last(date) < partial_first(valid_from)
union all
select file, line, "column", date, 'is after ' || area || ' ended, ' || valid_to,
    case "column" when 'fieldwork' then 'error' else 'warning' end,
    case "column"
        when 'fieldwork' then 'name the area that was inspected then'
        else 'check the area, and give the month of the fieldwork if it was before'
    end
from dated
where partial_first(date) > partial_last(valid_to)
union all
select file, line, "column", date, 'is after ' || area || ' was succeeded, ' || succeeded,
    'warning', 'check the area: it may be one of its successors'
from dated
where partial_first(date) > partial_last(succeeded)
order by file, line, problem;
