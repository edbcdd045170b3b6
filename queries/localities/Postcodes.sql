-- The authorities that outcodes and sectors lie in. Grain: one row a code and authority, by code, the biggest share first.
-- `postcodes` is how many of the code's postcodes lie there; 0 where only the share is known.
select code, gss, share, coalesce(postcodes, 0) as postcodes
from postcode
order by code, share desc, gss;
