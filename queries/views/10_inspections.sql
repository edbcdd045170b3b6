-- inspection: one area under one programme once. Grain: one row an inspection. `published_first` and
-- `published_last` are the first and last day that the published date may mean; both null where it is unknown.
create table inspection as
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
group by inspection;
