-- inspection: one area under one programme once. Grain: one row an inspection. `published_first` and
-- `published_last` are the first and last day that the published date may mean; both null where it is unknown.
-- `earliest` and `latest` bound the day of publication, and are always set. They come from the published date as far as it
-- is known, else from the dates of the programme, and no inspection is published before its fieldwork or after the record.
create view inspection as
with
dated as (
    select
        inspection,
        first(programme order by line) as programme,
        first(area order by line) as area,
        coalesce(first(reinspection order by line), false) as reinspection,
        first(fieldwork order by line) as fieldwork,
        first(published order by line) as published,
        partial_first(first(published order by line)) as published_first,
        partial_last(first(published order by line)) as published_last,
        first(cases order by line) as cases
    from result_row
    group by inspection
),
bounded as (
    select
        d.*,
        case
            when d.published_first = d.published_last then d.published_first
            else greatest(coalesce(d.published_first, partial_first(p.starts), date '1900-01-01'), partial_first(d.fieldwork))
        end as earliest,
        case
            when d.published_first = d.published_last then d.published_last
            else least(coalesce(d.published_last, partial_last(p.ends), r.day), r.day)
        end as latest
    from dated d
    left join programme p using (programme)
    cross join record_day r
)
select
    inspection, programme, area, reinspection, fieldwork, published, published_first, published_last, cases,
    least(earliest, latest) as earliest,
    latest
from bounded;
