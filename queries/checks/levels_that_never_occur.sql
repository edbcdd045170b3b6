-- A level that is common among a programme's overall ratings occurs among the results of each measure on the same scale too,
-- where there are enough of them. Where it never does, the way of reading may not have been able to see it: the results are
-- then censored (reference/readings.csv). Results of one measure that were read in one way (`confidence`) are counted together.
-- With share p of the overall ratings and n results, the probability that none has the level by chance is (1 - p)^n; below
-- 0.001 is a warning.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with rated as (
    select r.programme, r.scale, r.measure, m.kind, m.line, r.confidence, r.rating
    from result_row r
    join measure m using (programme, measure)
    where r.rating is not null
),
overall as (
    select programme, scale, rating as level, count(*) as ratings, sum(count(*)) over (partition by programme, scale) as total
    from rated
    where kind = 'overall'
    group by programme, scale, rating
),
read as (
    select programme, scale, measure, line, confidence, count(*) as n, list(distinct rating) as levels
    from rated
    where kind <> 'overall'
    group by programme, scale, measure, line, confidence
),
absent as (
    select d.*, o.level, o.ratings, o.total, case when o.ratings < o.total then power(1 - o.ratings / o.total, d.n) else 0 end as probability
    from read d
    join overall o using (programme, scale)
    where not list_contains(d.levels, o.level)
)
select
    'reference/measures.csv' as file,
    a.line,
    'measure' as "column",
    a.programme || ' ' || a.measure as value,
    'is never ' || a.level || ' in ' || a.n || ' results of confidence ' || a.confidence || ', which ' || a.ratings || ' of '
        || a.total || ' overall ratings are: by chance the probability is ' || format('{:.1e}', a.probability) as problem,
    'warning' as severity,
    case
        when d.reading is null then 'find out how these results were read, and list it in reference/readings.csv if the level could not be seen'
        else 'nothing is computed from the measure, because reference/readings.csv lists reading ' || d.reading
    end as fix
from absent a
left join reading d on d.programme = a.programme and d.measure = a.measure and d.confidence = a.confidence and list_contains(d.levels, a.level)
where a.probability < 0.001
order by a.line, problem;
