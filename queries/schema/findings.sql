-- finding: what a report says besides scores and ratings. Grain: one row a finding; its key is inspection, kind and position.
-- `programme` is the file's name. `position` counts from 1 within the inspection and kind, in the order of the report.
-- kind: reason (why the area was chosen), limit (of the sample or the source), recommendation, plan (what follows), answer
-- (by service users), strength, improvement (what inspectors saw), commentary, example, case_mix, context, arrangement,
-- definition. `measure` is the part of the programme's work that it is about; null where it is about the whole.
-- `subject` is an id of the topic; null where the report has one text only. `counted` is who or what the numbers count.
-- numerator, denominator: whole numbers; percent: 0-100. value, value_to: a number, or both ends of a range, in `unit`.
-- `place` is the official code of an authority, or K04000001 for England and Wales; null is the inspected area.
-- `period` is what the number is about, as the report has it. `printed` is the figure in the report's own words, where the
-- numbers here were worked out from words. status: printed, worked_out (from what is printed), picture (the source shows it
-- only as a picture). `section` and `page` say where in the source. Null is "not shown by the source", never zero.
create table finding (
    programme varchar not null,
    inspection varchar not null,
    kind varchar not null,
    position integer not null,
    measure varchar,
    subject varchar,
    counted varchar,
    text_en varchar not null,
    text_cy varchar not null,
    numerator double,
    denominator double,
    percent double,
    value double,
    value_to double,
    unit varchar,
    place varchar,
    period varchar,
    printed varchar,
    status varchar not null,
    section varchar not null,
    page varchar,
    sources varchar[] not null,
    note varchar,
    line integer not null
);
