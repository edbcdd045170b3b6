-- The profile of every area: names, place, dates, footprint, and what it was before and became, and its
-- tile. Grain: one row an area, by English name. Lists are sorted and never null; tile_* are null without a tile. Dates are partial ('2012', '2012-06', '2012-06-13').
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
    sources,
    tile_label,
    tile_across,
    tile_down
from area_profile
order by name_en, area;
