-- The file that csv.sql and parquet.sql read. Parameters: 1 path, absolute. Answers nothing.
set variable path = $1;
