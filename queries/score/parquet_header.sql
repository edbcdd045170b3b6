-- The columns of a Parquet file and their types, as those of an answer without rows. Parameters: the variable path.
select *
from read_parquet(getvariable('path'), hive_partitioning = false, binary_as_string = false)
limit 0;
