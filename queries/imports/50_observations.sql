-- Merges imported observations into the record: of each indicator, place, period and series the latest value of every column
-- that is not blank. Almost all rows are of keys that one decision alone names; those pass as they are.
create or replace temp table shipped_observation as
select *, hash(indicator, place, level, period_start, period_end, basis) as key
from observation;

-- The line of an imported row goes on from the lines of the indicator's file, import by import.
create or replace temp table first_line as
with counted as (
    select position, indicator, max(nth) as rows
    from (
        select position, indicator, nth from newest_observation
        union all
        select position, indicator, nth from earlier_observation
    )
    group by position, indicator
)
select c.position, c.indicator,
    coalesce(s.last_line, 1) + coalesce(sum(c.rows) over (partition by c.indicator order by c.position rows between unbounded preceding and 1 preceding), 0)::integer
        as line
from counted c
left join (select indicator, max(line) as last_line from shipped_observation group by indicator) s using (indicator);

create or replace temp view imported_observation as
with every as (
    select * from newest_observation
    union all
    select * from earlier_observation
)
select e.position, e.at_line, e.indicator, e.place, e.level, e.gss, e.period_start, e.period_end, e.period, e.value, e.lower, e.upper, e.numerator,
    e.denominator, e.basis, e.flag, c.sources, e.note, l.line + e.nth as line,
    hash(e.indicator, e.place, e.level, e.period_start, e.period_end, e.basis) as key
from every e
join cited c using (position, citation)
join first_line l using (position, indicator);

-- contested: keys that more than one decision names.
create or replace temp table contested as
with every as (
    select 0 as position, key from shipped_observation
    union all
    select position, hash(indicator, place, level, period_start, period_end, basis) from newest_observation
    union all
    select position, hash(indicator, place, level, period_start, period_end, basis) from earlier_observation
)
select key
from every
group by key
having min(position) <> max(position);

-- observation_version: an observation of a contested key as it was after each decision that named it. Two documents may
-- print two figures for a place and period, and the record then has both: from the first decision on that gives two, a row is
-- a version of the one from the same documents. Before, it is a version of the only one there is.
create or replace temp table observation_version as
with given as (
    select 0 as position, line as at_line, indicator, place, level, gss, period_start, period_end, period, value, lower, upper, numerator, denominator, basis,
        flag, sources, note, line, key
    from shipped_observation
    semi join contested using (key)
    union all
    select * from imported_observation
    semi join contested using (key)
),
counted as (
    select *, count(*) over (partition by indicator, place, level, period_start, period_end, basis, position) as together
    from given
),
parted as (
    select *, min(case when together > 1 then position end) over (partition by indicator, place, level, period_start, period_end, basis) as several_from
    from counted
),
slotted as (
    select *, case when several_from is null or position < several_from
            then last_value(sources) over (
                partition by indicator, place, level, period_start, period_end, basis, several_from is null or position < several_from
                order by position, at_line rows between unbounded preceding and unbounded following)
            else sources end as slot
    from parted
),
said as (
    select position, at_line, indicator, place, level, period_start, period_end, basis, key, slot,
        first_value(line) over so_far as line,
        last_value(gss ignore nulls) over so_far as gss,
        coalesce(last_value(period ignore nulls) over so_far, period_start || ' to ' || period_end) as period,
        last_value(value ignore nulls) over so_far as value,
        last_value(lower ignore nulls) over so_far as lower,
        last_value(upper ignore nulls) over so_far as upper,
        last_value(numerator ignore nulls) over so_far as numerator,
        last_value(denominator ignore nulls) over so_far as denominator,
        last_value(flag ignore nulls) over so_far as flag,
        last_value(sources ignore nulls) over so_far as sources,
        last_value(note ignore nulls) over so_far as note
    from slotted
    window so_far as (partition by indicator, place, level, period_start, period_end, basis, slot order by position, at_line
        rows between unbounded preceding and current row)
),
in_cells as (
    select *, [place, level, gss, period_start::varchar, period_end::varchar, period, written(value), written(lower), written(upper), written(numerator),
        written(denominator), basis, flag, array_to_string(sources, ';'), note] as cells
    from said
)
select *, row_number() over in_order = 1 as is_first, cells is distinct from lag(cells) over in_order as changed, lag(cells) over in_order as before
from in_cells
window in_order as (partition by indicator, place, level, period_start, period_end, basis, slot order by position, at_line);

create or replace temp view merged_observation as
select indicator, place, level, gss, period_start, period_end, period, value, lower, upper, numerator, denominator, basis, flag, sources, note, line
from shipped_observation
anti join contested using (key)
union all
select indicator, place, level, gss, period_start, period_end, coalesce(period, period_start || ' to ' || period_end), value, lower, upper, numerator,
    denominator, basis, flag, sources, note, line
from imported_observation
anti join contested using (key)
union all
(
    select indicator, place, level, gss, period_start, period_end, period, value, lower, upper, numerator, denominator, basis, flag, sources, note, line
    from observation_version
    qualify row_number() over (partition by indicator, place, level, period_start, period_end, basis, slot order by position desc, at_line desc) = 1
);
