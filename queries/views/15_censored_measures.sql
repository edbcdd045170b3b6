-- censored_measure: the measures of which some results were read in a way that could not see every level of the scale. What
-- is missing there depends on its value, so no average, share, order or change may be computed from the measure: the single
-- values are all that can be shown. Grain: one row a programme and measure; `reading` is the first of several by id.
create view censored_measure as
select d.programme, d.measure, min(d.reading) as reading
from reading d
where exists (
    select 1 from result_row r
    where r.programme = d.programme and r.measure = d.measure and r.confidence = d.confidence
)
group by d.programme, d.measure;
