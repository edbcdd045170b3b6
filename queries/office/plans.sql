-- The plans of inspections, the earliest due first. Grain: an inspection.
select inspection, publication, due, received from plan order by due, inspection;
