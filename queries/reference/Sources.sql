-- Every source that a figure of the record was read from. Grain: one row a source.
select source, title, url, detail, original_url, licence
from source
order by source;
