-- The codes that figures of authorities are published under. Grain: one row an authority, as figures name it, and code, in the
-- order of the record; the code is null where a figure has none.
create table "PlaceCodes" as
select l.place, o.gss
from lined_figure l
join observation o on o.rowid = l.id
where l.level = 'authority'
group by l.place, o.gss
order by min((l.position, l.indicator, l.line)), l.place, o.gss;
