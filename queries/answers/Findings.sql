-- What reports say besides scores and ratings. Grain: one row a finding, by inspection, then
-- kind in the order pages show them, then position. percent is 0-100; value and value_to are in unit; null is not shown.
create table "Findings" as
select
    inspection,
    kind,
    position,
    measure,
    subject,
    counted,
    text_en,
    text_cy,
    numerator::integer as numerator,
    denominator::integer as denominator,
    percent,
    value,
    value_to,
    unit,
    place,
    period,
    printed,
    status,
    section,
    page,
    sources,
    note
from finding
order by inspection,
    list_position(['reason', 'limit', 'recommendation', 'plan', 'answer', 'strength', 'improvement', 'commentary', 'example', 'context',
        'case_mix', 'arrangement', 'definition'], kind),
    position;
