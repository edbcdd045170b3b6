-- half_unit(69) is 0.5, half_unit(40.5) is 0.05, half_unit(3.14) is 0.005: half a unit of the last decimal that a figure
-- was printed to, of two at most. What was rounded to the figure lies that near to it.

create macro half_unit(x) as
    case when x = round(x) then 0.5 when x = round(x, 1) then 0.05 else 0.005 end;
