-- The imports that were sent back, with their publications. Grain: an import.
select import, publication from sent_back;
