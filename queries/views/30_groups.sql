-- group_member: the comparator groups every area belongs to. Grain: one row a group and area.
-- `kind` is all, nation or region; `name` is the nation's or region's id, or 'all'. Former areas belong too:
-- their results stay in the benchmarks of the time.
create view group_member as
select 'all' as kind, 'all' as name, area from area
union all
select 'nation', g.nation, a.area from area a join region g using (region)
union all
select 'region', a.region, a.area from area a;
