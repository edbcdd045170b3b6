-- quartiles(x), an aggregate, is the list [first quartile, median, third quartile] of the values of a group that are
-- not null, in their unit, by linear interpolation between neighbours (type 7). Null over no values.

create macro quartiles(x) as quantile_cont(x, [0.25, 0.5, 0.75]);
