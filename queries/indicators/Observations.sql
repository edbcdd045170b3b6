-- Every published statistic, in the order of reference/indicators.csv and, within an indicator, of the record. Grain: as view
-- published_statistic.
select * exclude (indicator_position, line)
from published_statistic
order by indicator_position, indicator, line;
