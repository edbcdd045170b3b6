-- The benchmarks of some groups of areas as of some days: what the macro of this name in views says, asked with what a reader
-- wants. Grain: one row a place asked for, programme, scale, measure and group.
from benchmarks($programme::varchar, $measure::varchar, $days::varchar[], $ofs::varchar[], $inspections::varchar[],
    $groups::varchar[], $areas::varchar[], $without::boolean, $members::boolean);
