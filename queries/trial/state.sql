-- Keeps what a record says, to be compared with what other decisions make of it. position: the last decision that changed a
-- row; 0 for the shipped record.
create or replace temp table state as
select 'results/' || programme || '.csv' as file, [inspection, measure] as key, arg_max(cells, (position, at_line)) as cells,
    max(position) filter (changed) as position
from result_version
group by programme, inspection, measure
union all
select 'benchmarks/published.csv', [inspection, measure], arg_max(cells, (position, at_line)), max(position) filter (changed)
from printed_version
group by inspection, measure
union all
select 'areas/areas.csv', [area], arg_max(cells, (position, at_line)), max(position) filter (changed)
from area_version
group by area
union all
select file, [one, other], cells, position
from area_link
where is_first
union all
select 'findings/' || programme || '.csv', [inspection, kind, nth::varchar], arg_max(cells, (position, at_line)), max(position) filter (changed)
from finding_version
group by programme, inspection, kind, nth
union all
select 'SOURCES.csv', [source], [source, title, url, detail, original_url, licence], 0
from source;

create or replace temp table newest_position as
select distinct position from newest_observation;

-- Observations that a decision under comparison names. Those of keys that one of them alone names are counted and need no
-- cells. The number tells apart figures of one key.
create or replace temp table compared_key as
select hash(indicator, place, level, period_start, period_end, basis) as key, min(filename) <> max(filename) as is_shared
from read_parquet('imports/scope/*.parquet', filename = true)
group by key;

create or replace temp table observed as
with found as (
    select v.indicator, v.key, v.cells, v.position, v.at_line
    from observation_version v
    semi join compared_key using (key)
    qualify row_number() over (partition by v.indicator, v.place, v.level, v.period_start, v.period_end, v.basis, v.slot order by v.position desc, v.at_line desc) = 1
    union all
    select s.indicator, s.key,
        [place, level, gss, period_start::varchar, period_end::varchar, period, written(value), written(lower), written(upper), written(numerator),
            written(denominator), basis, flag, array_to_string(sources, ';'), note], 0, line
    from shipped_observation s
    semi join compared_key using (key)
    anti join contested using (key)
    union all
    select i.indicator, i.key,
        case when k.is_shared or i.position not in (select position from newest_position) then
            [place, level, gss, period_start::varchar, period_end::varchar, coalesce(period, period_start || ' to ' || period_end), written(value), written(lower),
                written(upper), written(numerator), written(denominator), basis, flag, array_to_string(sources, ';'), note]
        end, i.position, i.at_line
    from imported_observation i
    join compared_key k using (key)
    anti join contested using (key)
)
select *, row_number() over (partition by key order by position, at_line) as number
from found;
