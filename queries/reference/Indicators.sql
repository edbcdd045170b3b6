-- The indicators with their unit, which way is better (null where neither is), and what they count: children or events.
-- Grain: one row an indicator, in the order pages show them.
select indicator, unit, better, counts
from indicator
order by position;
