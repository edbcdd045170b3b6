-- The profile of every area: names, place, dates, footprint, and what it was before and became. Grain: one row an
-- area, by English name. Lists are sorted and never null. Dates are partial ('2012', '2012-06', '2012-06-13').
select
    area,
    name_en,
    name_cy,
    region,
    nation,
    police_force,
    valid_from,
    valid_to,
    status,
    aliases,
    constituents,
    predecessors,
    successors,
    sources
from area_profile
order by name_en, area;
