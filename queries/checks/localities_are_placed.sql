-- Postcodes, towns and parishes lie in authorities that are known; outcodes and sectors are written as postcodes are, a sector's
-- outcode is listed, and the shares of a code make at most the whole of it. An authority that no present area covers is a
-- warning, once a file: areas may end before the next one is registered. Towns may lie outside England and Wales: in Scotland,
-- Northern Ireland, the Channel Islands or the Isle of Man, by their codes.
-- Answers: file, line, column, value, problem, severity, fix; one row a finding.
with known as (
    select gss from authority
    union
    select gss from area_constituent
),
served as (
    select gss
    from area_constituent
    join area using (area)
    where status = 'current'
),
coded as (
    select if(contains(code, ' '), 'localities/sectors.csv', 'localities/outcodes.csv') as file,
        if(contains(code, ' '), 'sector', 'outcode') as "column", code, gss, share, postcodes, line
    from postcode
),
placed as (
    select file, line, 'gss' as "column", gss from coded
    union all select 'localities/towns.csv', line, 'gss', gss from town
        where gss not in ('S92000003', 'N92000002', 'L93000001', 'M83000003')
    union all select 'localities/towns.csv', line, 'also', unnest(also) from town
    union all select 'localities/parishes.csv', line, 'gss', gss from parish
)
select file, line, "column", gss as value, 'is not the code of an authority' as problem,
    'error' as severity, 'use a code of areas/authorities.csv or areas/constituents.csv' as fix
from placed
where gss not in (select gss from known)
union all
select file, min(line), arg_min("column", line), gss, 'is an authority that no present area covers',
    'warning', 'add it to an area of today in areas/constituents.csv, or give the code of the authority that took it over'
from placed
where gss in (select gss from known) and gss not in (select gss from served)
group by file, gss
union all
select file, line, "column", code, 'is not the first half of a postcode',
    'error', 'write it in capitals, such as LE2'
from coded
where "column" = 'outcode' and not regexp_full_match(code, '[A-Z]{1,2}[0-9][0-9A-Z]?')
union all
select file, line, "column", code, 'is not a postcode sector',
    'error', 'write the first half, a space and a digit, such as LE2 4'
from coded
where "column" = 'sector' and not regexp_full_match(code, '[A-Z]{1,2}[0-9][0-9A-Z]? [0-9]')
union all
select file, line, "column", code, 'is of an outcode that is not listed',
    'error', 'add the outcode to localities/outcodes.csv'
from coded
where "column" = 'sector' and split_part(code, ' ', 1) not in (select code from postcode)
union all
select file, line, 'share', share::varchar, 'is not above 0 and at most 1',
    'error', 'write the share as a fraction, such as 0.25'
from coded
where share <= 0 or share > 1
union all
select file, line, 'postcodes', postcodes::varchar, 'is not above 0',
    'error', 'give the number of postcodes, or leave the row out'
from coded
where postcodes <= 0
union all
select file, line, 'gss', gss, 'is listed more than once for ' || code,
    'error', 'keep one row of it'
from coded
qualify count(*) over (partition by code, gss) > 1
union all
-- printed shares are rounded, so that a whole may come to a little more
select file, min(line), 'share', round(sum(share), 4)::varchar, 'is the sum of the shares of ' || code || ', which is more than 1',
    'error', 'correct its shares'
from coded
where share between 0 and 1
group by file, code
having sum(share) > 1.005
union all
select 'localities/towns.csv', line, 'population', population::varchar, 'is not above 0',
    'error', 'leave it blank where it is not known'
from town
where population <= 0
union all
select 'localities/towns.csv', line, 'name_en', name_en, 'is listed more than once in authority ' || gss,
    'error', 'keep one row of it'
from town
qualify count(*) over (partition by name_en, gss) > 1
union all
select 'localities/parishes.csv', line, 'name', name, 'is listed more than once in authority ' || gss,
    'error', 'keep one row of it'
from parish
qualify count(*) over (partition by name, gss) > 1
order by file, line, "column", value, problem;
