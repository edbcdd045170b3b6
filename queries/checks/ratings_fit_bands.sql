-- A word that follows from a number is the word of its band in reference/bands.csv: the improvement comment of a
-- core case inspection score, the overall rating of the total of points. A band that was only inferred may end a little
-- elsewhere, so the word of the very next band is then a warning; any other word is an error.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with ranked as (
    select *, row_number() over (partition by programme, measure, unit order by lower) as rank
    from band
),
worded as (
    select programme, measure, line, 'percent' as unit, percent as number, 'comment' as "column", comment as word
    from result_row
    where percent is not null and comment is not null
    union all
    select programme, measure, line, 'points', points, 'rating', rating
    from result_row
    where points is not null and rating is not null
)
select
    'results/' || w.programme || '.csv' as file,
    w.line,
    w."column",
    w.word as value,
    'does not go with ' || w.number || ' ' || w.unit || ', whose ' || case b.status when 'inferred' then 'inferred ' else '' end
        || 'band is ' || b.word as problem,
    case when b.status = 'inferred' and abs(said.rank - b.rank) = 1 then 'warning' else 'error' end as severity,
    'check the number and the word against the source' as fix
from worded w
join ranked b
    on b.programme = w.programme and b.unit = w.unit and (b.measure is null or b.measure = w.measure)
    and w.number between b.lower and b.upper
left join ranked said
    on said.programme = b.programme and said.unit = b.unit and said.measure is not distinct from b.measure and said.word = w.word
where b.word <> w.word
order by file, line;
