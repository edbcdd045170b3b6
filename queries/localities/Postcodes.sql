-- The authorities that outcodes and sectors lie in. Grain: one row a code and authority, by code, the biggest share first.
select code, gss, share
from postcode
order by code, share desc, gss;
