-- Dates of the record keep the precision they were published with: '2012', '2012-06' or '2012-06-13'.
-- partial_first and partial_last give the first and the last day that such a text may mean (date);
-- null stays null: nobody invents the missing part. Text of any other shape gives null, and the
-- check dates_read names the row. Years are of four digits, the first no nought.

create macro partial_first(text) as
    case
        when text is null then null
        when regexp_full_match(text, '[1-9]\d{3}') then try_cast(text || '-01-01' as date)
        when regexp_full_match(text, '[1-9]\d{3}-\d{2}') then try_cast(text || '-01' as date)
        when regexp_full_match(text, '[1-9]\d{3}-\d{2}-\d{2}') then try_cast(text as date)
    end;

create macro partial_last(text) as
    case
        when text is null then null
        when regexp_full_match(text, '[1-9]\d{3}') then try_cast(text || '-12-31' as date)
        when regexp_full_match(text, '[1-9]\d{3}-\d{2}') then last_day(try_cast(text || '-01' as date))
        when regexp_full_match(text, '[1-9]\d{3}-\d{2}-\d{2}') then try_cast(text as date)
    end;
