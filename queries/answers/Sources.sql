-- Every source that a figure of the record was read from, with who published the figure. Grain: one row a source. publisher is
-- null where nothing says whose it is.
create table "Sources" as
select source, title, url, detail, original_url, licence, publisher
from source
left join source_publisher using (source)
order by source;
