-- The indicators with their unit, which way is better (null where neither is), and what they count: children, events
-- or a stock; and the indicator that a rate is set against (null where the record has none).
-- Grain: one row an indicator, in the order pages show them.
create table "Indicators" as
select indicator, unit, better, counts, denominator
from indicator
order by position;
