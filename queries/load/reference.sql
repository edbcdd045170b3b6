-- Loads reference/*.csv: programmes, scales, levels, bands, measures, themes and the crosswalk between them.
insert into programme
select programme, position, starts, ends, sampling, expected_areas, status, row_number() over () + 1 as line
from read_csv('reference/programmes.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        programme: 'varchar',
        position: 'integer',
        starts: 'varchar',
        ends: 'varchar',
        sampling: 'varchar',
        expected_areas: 'integer',
        status: 'varchar'
    });

insert into scale
select scale, kind, unit, status, row_number() over () + 1 as line
from read_csv('reference/scales.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        scale: 'varchar',
        kind: 'varchar',
        unit: 'varchar',
        status: 'varchar'
    });

insert into programme_scale
select programme, scale, starts, ends, points_max, status, row_number() over () + 1 as line
from read_csv('reference/programme_scales.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        programme: 'varchar',
        scale: 'varchar',
        starts: 'varchar',
        ends: 'varchar',
        points_max: 'integer',
        status: 'varchar'
    });

insert into level
select scale, level, position, points, good_or_better, status, row_number() over () + 1 as line
from read_csv('reference/levels.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        scale: 'varchar',
        level: 'varchar',
        position: 'integer',
        points: 'integer',
        good_or_better: 'boolean',
        status: 'varchar'
    });

insert into band
select programme, measure, unit, lower, upper, word, status, row_number() over () + 1 as line
from read_csv('reference/bands.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        programme: 'varchar',
        measure: 'varchar',
        unit: 'varchar',
        lower: 'double',
        upper: 'double',
        word: 'varchar',
        status: 'varchar'
    });

insert into measure
select programme, measure, kind, position, parent, counts, share_of, status, judged_in, judged_in_status,
    row_number() over () + 1 as line
from read_csv('reference/measures.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        programme: 'varchar',
        measure: 'varchar',
        kind: 'varchar',
        position: 'integer',
        parent: 'varchar',
        counts: 'boolean',
        share_of: 'varchar',
        status: 'varchar',
        judged_in: 'varchar',
        judged_in_status: 'varchar'
    });

insert into theme
select theme, position, row_number() over () + 1 as line
from read_csv('reference/themes.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        theme: 'varchar',
        position: 'integer'
    });

insert into crosswalk
select theme, programme, measure, "primary", row_number() over () + 1 as line
from read_csv('reference/crosswalk.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        theme: 'varchar',
        programme: 'varchar',
        measure: 'varchar',
        "primary": 'boolean'
    });

insert into indicator
select indicator, position, unit, better, numerator, denominator, counts, row_number() over () + 1 as line
from read_csv('reference/indicators.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        indicator: 'varchar',
        position: 'integer',
        unit: 'varchar',
        better: 'varchar',
        numerator: 'varchar',
        denominator: 'varchar',
        counts: 'varchar'
    });

insert into basis
select indicator, basis, starts, ends, status, row_number() over () + 1 as line
from read_csv('reference/bases.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        indicator: 'varchar',
        basis: 'varchar',
        starts: 'varchar',
        ends: 'varchar',
        status: 'varchar'
    });

insert into caution
select programme, other, caution, status, row_number() over () + 1 as line
from read_csv('reference/cautions.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        programme: 'varchar',
        other: 'varchar',
        caution: 'varchar',
        status: 'varchar'
    });

insert into reading
select reading, programme, measure, confidence, id_list(levels), why, status, row_number() over () + 1 as line
from read_csv('reference/readings.csv', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '',
    columns = {
        reading: 'varchar',
        programme: 'varchar',
        measure: 'varchar',
        confidence: 'varchar',
        levels: 'varchar',
        why: 'varchar',
        status: 'varchar'
    });
