-- Every inspection held, newest first; those without a known date come last. Grain: one row an inspection.
-- Dates are partial texts with the first and last day they may mean. `cases` is the sample, null where not shown.
select
    inspection,
    programme,
    area,
    reinspection,
    fieldwork,
    published,
    cases
from inspection
order by published_last desc nulls last, inspection;
