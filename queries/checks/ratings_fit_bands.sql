-- A word that follows from a number is the word of its band in reference/bands.csv: the improvement comment of a
-- core case inspection score, the overall rating of the total of points. The bands are inferred, so a finding means
-- that either the row or the band is wrong.
-- Answers: file, line, column, value, problem; one row a finding.
with worded as (
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
    'does not go with ' || w.number || ' ' || w.unit || ', whose band is ' || b.word as problem
from worded w
join band b
    on b.programme = w.programme and b.unit = w.unit and (b.measure is null or b.measure = w.measure)
    and w.number between b.lower and b.upper
where b.word <> w.word
order by file, line;
