-- The statistical neighbours of areas: every area that an authority of theirs has one in, at the nearest rank that any of them
-- has it. Neighbours that lie in the area itself, and rows whose authority is no area's, are left out.
-- Grain: one row an area and neighbour, by area, rank and neighbour. Rank 1 is the nearest.
create table "Neighbours" as
select
    area,
    neighbour,
    min(rank) as rank,
    list_sort(list_distinct(flatten(list(sources)))) as sources
from neighbour
where area <> neighbour
group by area, neighbour
order by area, min(rank), neighbour;
