-- The rows that an import added or changed, in its order, at most $most of each. Parameters: $position, of the import among
-- the decisions; $most. Grain: one row a row of the record; before is null where it was added.
with changed_row as (
    select 'areas/areas.csv' as file, at_line, is_first, before, cells from area_version where position = $position::integer and changed
    union all
    select file, at_line, true, null, cells from area_link where position = $position::integer and is_first
    union all
    select 'results/' || programme || '.csv', at_line, is_first, before, cells from result_version where position = $position::integer and changed
    union all
    select 'benchmarks/published.csv', at_line, is_first, before, cells from printed_version where position = $position::integer and changed
    union all
    select 'findings/' || programme || '.csv', at_line, is_first, before, cells from finding_version where position = $position::integer and changed
    union all
    select 'indicators/' || indicator || '.csv', at_line, is_first, before, cells from observation_version where position = $position::integer and changed
    union all
    (
        select 'indicators/' || indicator || '.csv', at_line, true, null,
            [place, level, gss, period_start::varchar, period_end::varchar, coalesce(period, period_start || ' to ' || period_end), written(value),
                written(lower), written(upper), written(numerator), written(denominator), basis, flag, array_to_string(sources, ';'), note]
        from imported_observation
        anti join contested using (key)
        where position = $position::integer
        order by at_line
        limit $most::integer
    )
)
select file, is_first, before, cells
from changed_row
qualify row_number() over (partition by is_first order by at_line, file) <= $most::integer
order by at_line, file;
