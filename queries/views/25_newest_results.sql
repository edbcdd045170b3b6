-- newest_result: the usable results of each area that may be its newest: no other one of the same programme, scale and
-- measure is surely later. Grain: one row a result. `alone` says that there is no other such result of the area, and so
-- that this one is the newest. Where it is false the order is not known.
create view newest_result as
with surviving as (
    select *
    from result
    where standing is not null
    qualify max(earliest) over (partition by programme, scale, measure, area) <= latest
)
select *, count(*) over (partition by programme, scale, measure, area) = 1 as alone
from surviving;
