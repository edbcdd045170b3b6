-- Every inspection of the record, newest first; those without a known date come last. Grain: one row an inspection.
-- Dates are partial texts ('2012', '2012-06', '2012-06-13'). `cases` is the sample, null where not shown.
create table "Inspections" as
select inspection, programme, area, reinspection, fieldwork, published, cases
from inspection
order by published_last desc nulls last, inspection;
