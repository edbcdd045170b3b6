-- What figures of an indicator are like, as far as the kind of their interval depends on it: which numbers they have, and
-- the value where no count is published. Grain: one row a combination, with the numbers of one figure of it.
-- indicator: its id.
select
    any_value(f.value) as value,
    any_value(f.lower) as lower,
    any_value(f.upper) as upper,
    any_value(f.numerator) as numerator,
    any_value(f.denominator) as denominator,
    any_value(f.population) as population
from "Figures" f
join "Series" s using (series)
where s.indicator = $indicator
group by
    f.lower is null,
    f.upper is null,
    sign(f.value),
    sign(f.numerator),
    sign(f.denominator),
    f.numerator <= f.denominator,
    coalesce(f.population, 0) > 0,
    case when f.numerator is null or f.denominator is null or f.numerator > f.denominator then f.value end
order by all;
