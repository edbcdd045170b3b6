-- Finds the document that each citation of an import means, and gives new documents their ids.
-- A citation names documents by address (several with a space between), by id (several with ";" between), or by both. Grain:
-- one row a citation of an import; `at_line` is the line in which it comes first.
create or replace temp table citation as
select position, citation, min(at_line) as at_line,
    coalesce(string_split(any_value(source_url), ' '), []) as urls,
    any_value(source_title) as title,
    coalesce(string_split(any_value(sources), ';'), []) as ids
from (
    select position, citation, at_line, source_url, source_title, sources from imported_result
    union all
    select position, citation, at_line, source_url, source_title, sources from imported_area
    union all
    select position, citation, at_line, source_url, source_title, sources from imported_finding
    union all
    select position, citation, at_line, source_url, source_title, sources from newest_observation
    union all
    select parse_filename(filename, true)::integer, citation, at_line, source_url, source_title, sources
    from read_parquet('imports/earlier/*.parquet', filename = true)
)
group by position, citation;

-- document: what is known by id: documents of the record, and those that an import names by id and address in one.
create or replace temp table document as
select source as id, title, url, 0 as position, line as at_line, 0 as nth
from source
union all
(
    select id, title, url, position, at_line, nth
    from (
        select position, at_line, title, unnest(ids) as id, unnest(urls) as url, unnest(range(len(ids))) as nth
        from citation
        where len(ids) = len(urls)
    )
    where id not in (select source from source)
    qualify row_number() over (partition by id order by position, at_line, nth) = 1
);

-- address: an address of a citation that none of its ids has. A title is that of every address beside it.
create or replace temp table address as
with each as (
    select position, citation, at_line, title, ids, unnest(urls) as url, unnest(range(len(urls))) as nth
    from citation
),
covered as (
    select e.position, e.citation, e.url
    from (select position, citation, url, unnest(ids) as id from each) e
    join document d on d.id = e.id and d.url = e.url
)
select position, citation, at_line, nth, url, title
from each
anti join covered using (position, citation, url);

-- found: the document that an address and a title mean among the known ones, the first of several.
create or replace temp table found as
select a.url, a.title, arg_min(d.id, (d.position, d.at_line, d.nth)) as id
from (select distinct url, title from address) a
join document d on d.url = a.url and (a.title is null or d.title = a.title)
group by a.url, a.title;

-- new_document: documents that nothing named before. An address alone means the first document that was named with it. Two
-- documents with the same words in their titles are numbered: notice, notice-2.
create or replace temp table new_document as
with unknown as (
    select a.*, first_value(a.title) over (partition by a.url order by a.position, a.at_line, a.nth) as first_title
    from address a
    where not exists (select 1 from found f where f.url = a.url and f.title is not distinct from a.title)
),
named as (
    select url, title as cited_title, coalesce(title, first_title) as title, min({'position': position, 'line': at_line, 'nth': nth}) as came
    from unknown
    group by url, title, first_title
),
distinct_document as (
    select url, title, min(came) as came, coalesce(nullif(slug(title), ''), slug(url)) as stem
    from named
    group by url, title
),
taken as (
    select n.stem, max(case when d.id = n.stem then 1 else try_cast(substr(d.id, length(n.stem) + 2) as integer) end) as last_number
    from (select distinct stem from distinct_document) n
    join document d on d.id = n.stem or (starts_with(d.id, n.stem || '-') and regexp_full_match(substr(d.id, length(n.stem) + 2), '[0-9]{1,6}'))
    group by n.stem
),
numbered as (
    select d.*, row_number() over (partition by d.stem order by d.came) + coalesce(t.last_number, 0) as number
    from distinct_document d
    left join taken t using (stem)
)
select n.cited_title, d.url, d.title, d.came, case d.number when 1 then d.stem else d.stem || '-' || d.number end as id
from numbered d
join named n on n.url = d.url and n.title is not distinct from d.title;

-- cited: the documents of each citation by id, in its order.
create or replace temp table cited as
with named as (
    select a.position, a.citation, list(coalesce(f.id, n.id) order by a.nth) as ids
    from address a
    left join found f on f.url = a.url and f.title is not distinct from a.title
    left join new_document n on n.url = a.url and n.cited_title is not distinct from a.title
    group by a.position, a.citation
)
select c.position, c.citation, ordered_set([c.ids, coalesce(n.ids, [])]) as sources
from citation c
left join named n using (position, citation);

-- listed: documents that an import brings to the list, if a row of the record cites them in the end.
create or replace temp table listed as
select id, title, url, {'position': position, 'line': at_line, 'nth': nth} as came
from document
where position > 0
union
select id, title, url, came
from new_document;
