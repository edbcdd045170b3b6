-- Puts aside what a record says, while it is built again from other decisions.
alter table state rename to was_state;

alter table observed rename to was_observed;
