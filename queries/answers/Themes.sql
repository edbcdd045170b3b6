-- Every theme, in the order pages show them. Grain: one row a theme.
create table "Themes" as
select theme
from theme
order by position, theme;
