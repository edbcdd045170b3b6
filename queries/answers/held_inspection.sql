-- held_inspection: the inspections as they are told: the view inspection, kept. Grain: one row an inspection.
create table held_inspection as
select * from inspection;
