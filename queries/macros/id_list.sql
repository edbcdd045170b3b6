-- id_list('a;b') is ['a', 'b']: how a cell of the record names several sources. Null and '' give [].

create macro id_list(text) as
    case when text is null or text = '' then [] else string_split(text, ';') end;
