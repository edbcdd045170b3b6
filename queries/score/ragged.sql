-- Reads a CSV file that could not be read to its end, past every row that cannot be: those are kept in reject_errors.
-- Parameters: the variable path. Answers the number of rows that can be read.
select count(c1)
from read_csv(
    getvariable('path'), auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = '',
    comment = '', compression = 'none', encoding = 'utf-8', strict_mode = true, null_padding = false,
    columns = {'c1': 'varchar', 'c2': 'varchar', 'c3': 'varchar', 'c4': 'varchar'},
    store_rejects = true, rejects_limit = 0
);
