-- Every warning of the release: what its checks found that may be right and that somebody should look at. Grain: one row a
-- warning, by file, line, column, rule and problem. inspection and measure are null where the row is no result, measure
-- where the warning is of the whole inspection; value is null where nothing stood in the cell.
create table "Warnings" as
select file, line, "column", value, rule, problem, fix, inspection, measure
from warning
order by file, line, "column", rule, problem;
