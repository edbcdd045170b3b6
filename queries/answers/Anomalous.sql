-- The published statistics that cannot be trusted, ordered as all of them are. Grain: as view published_statistic.
create table "Anomalous" as
select * exclude (indicator_position, line)
from published_statistic
where flag = 'anomalous'
order by indicator_position, indicator, line;
