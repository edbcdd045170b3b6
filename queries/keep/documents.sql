-- Lists the documents that imports cite, and takes those off the list that rows cited before and no row cites now.
create or replace temp table now_cited as
with lists as (
    select distinct sources from observation
    union select sources from result_row
    union select sources from published_benchmark
    union select sources from finding
    union select sources from area
    union select sources from area_alias
    union select sources from area_constituent
    union select sources from area_succession
    union select sources from authority
    union select sources from neighbour
    union select sources from code_change
    union select sources from postcode
    union select sources from town
    union select sources from parish
)
select distinct unnest(sources) as source
from lists;

delete from source
where source in (select source from shipped_citation) and source not in (select source from now_cited);

insert into source (source, title, url, detail, original_url, licence, line)
select id, title, url, null, null, 'OGL-UK-3.0', (select max(line) from source) + row_number() over (order by came)
from listed
where id in (select source from now_cited);
