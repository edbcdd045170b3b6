-- A percentage that is a share of the cases read (reference/measures.csv, share_of) is reached by a whole number of them, to
-- the printed decimal. Cases that a question does not apply to are left out of its share and not of the sample, so it is a
-- warning. Shares of judgements are not held to the number of cases: a case has several.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
select 'results/' || r.programme || '.csv' as file, r.line, 'percent' as "column", r.percent::varchar as value,
    'is reached by no whole number of ' || r.cases || ' cases' as problem,
    'warning' as severity, 'check the score and the sample, and whether all cases were counted' as fix
from result_row r
join measure m using (programme, measure)
where m.share_of = 'cases' and r.cases > 0
    and abs(r.percent - 100 * round(r.percent * r.cases / 100) / r.cases) > half_unit(r.percent) + 1e-9
order by file, line;
