-- Ways of reading results that could not see some levels of a scale. Grain: one row a reading and programme. `measures` are
-- those it is of, and `censored` those of which the record has results that were read so: they may not be summed up.
create table "Readings" as
select
    d.reading,
    d.programme,
    first(d.confidence order by d.line) as confidence,
    list_sort(list_distinct(flatten(list(d.levels)))) as levels,
    first(d.why order by d.line) as why,
    first(d.status order by d.line) as status,
    list(d.measure order by d.line) as measures,
    list(c.measure order by d.line) filter (where c.measure is not null) as censored
from reading d
left join censored_measure c on c.programme = d.programme and c.measure = d.measure and c.reading = d.reading
group by d.reading, d.programme
order by d.reading, d.programme;
