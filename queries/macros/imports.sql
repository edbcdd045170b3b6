-- How rows that imports brought are turned into rows of the record.

-- written(0.5) is '0.5' and written(62.0) is '62': a number as the record writes it.
create macro written(number) as
    case when number = trunc(number) and abs(number) < 1e15 then number::bigint::varchar else number::varchar end;

-- slug('An Inspection of…') is 'an-inspection-of': a text as an id of small letters, digits and hyphens, cut to 72.
create macro slug(text) as
    trim(left(trim(regexp_replace(regexp_replace(lower(text), '^https?://', ''), '[^a-z0-9]+', '-', 'g'), '-'), 72), '-');

-- ordered_set([['a', 'b'], ['b', 'c']]) is ['a', 'b', 'c']: every item once, where it comes first.
create macro ordered_set(lists) as
    list_filter(flatten(lists), lambda item, place: list_position(flatten(lists), item) = place);
