-- The names of the four columns of the CSV file, in their order in it. Parameters: 1 header. Answers nothing.
set variable header = $1;
