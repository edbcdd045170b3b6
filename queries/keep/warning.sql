-- Keeps one warning in the release, with the result that its row is. Parameters: $file, $line, $column, $value (null where
-- nothing stood there), $rule, $problem, $fix. Dates, sample, area and re-inspection are facts of the inspection, so a
-- warning about one of them is of no single measure.
insert into warning
select
    $file::varchar,
    $line::integer,
    $column::varchar,
    $value::varchar,
    $rule::varchar,
    $problem::varchar,
    $fix::varchar,
    coalesce(r.inspection, b.inspection, f.inspection),
    case when $column::varchar not in ('area', 'reinspection', 'fieldwork', 'published', 'cases') then coalesce(r.measure, b.measure, f.measure) end
from (select 1)
left join result_row r on $file::varchar = 'results/' || r.programme || '.csv' and r.line = $line::integer
left join published_benchmark b on $file::varchar = 'benchmarks/published.csv' and b.line = $line::integer
left join finding f on $file::varchar = 'findings/' || f.programme || '.csv' and f.line = $line::integer;
