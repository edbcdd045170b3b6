-- What programmes' own publications say about comparing them, in the order of the record. Grain: one row a caution;
-- it holds between programme and other, in either order.
create table "Cautions" as
select programme, other, caution, status
from caution
order by line;
