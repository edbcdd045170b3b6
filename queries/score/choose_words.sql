-- How many words of 64 questions the questions are, for collapse.sql. Parameters: 1 words. Answers nothing.
set variable words = $1;
