-- Every inspection of the record, by the last day it may have been published on, newest first. Grain: one row an inspection.
-- Dates are partial texts ('2012', '2012-06', '2012-06-13'). `cases` is the sample, null where not shown. `earliest` and
-- `latest` bound the day of publication: where those of two inspections overlap, which came first is not known.
select
    inspection,
    programme,
    area,
    reinspection,
    fieldwork,
    published,
    cases,
    earliest,
    latest
from held_inspection
order by latest desc, earliest desc, inspection;
