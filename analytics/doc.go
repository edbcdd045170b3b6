// Package analytics is the domain of Yardstick: what inspectors judge, on which scale, over which ground, and what
// may be concluded from two of their results. It knows no database, no web and no language; it uses the standard
// library and its own statistics package alone.
//
// The words, as used in code, columns, addresses and pages:
//
//   - Area: one youth justice service and the authorities it covers, dated, with what it was before and became.
//   - Programme: an inspection programme with its own measures and scales (cci, fji, yj2018, yj2025).
//   - Measure: one thing a programme judges: a headline, a section, a criterion, a standard, or overall.
//   - Scale: how a measure is expressed: a percentage, or ordered words. Two four-level scales are two scales.
//   - Theme: what measures of different programmes have in common; the crosswalk says which.
//   - Inspection: one area under one programme once. Result: one measure of one inspection.
//   - Benchmark: lowest, highest and average of a measure over a group of areas as of a date, printed or computed.
//   - Indicator, Observation: a published statistic, and its value of a place in a period.
//   - Source: the published document a number was read from. Every number has one.
//   - Warning: what a check of the record found that may be right, and that a reader of the figure should know.
//   - Release: one immutable database of what was public at a moment, named by the hash of its content.
//
// One direction of flow: CSV files in data/, and over them what data/register says is published of the files that
// data/ingest read, are built by data/release into a new DuckDB file; analytics/duck opens
// it read-only and answers each question of Reader with one .sql file of queries/; Load asks every question once and
// keeps the answers, typed, in a Snapshot; pages and the interface read the Snapshot. Nothing flows back.
//
// Beside that flow, analytics/score turns case judgements, which no release holds, into scores that can be imported.
package analytics
