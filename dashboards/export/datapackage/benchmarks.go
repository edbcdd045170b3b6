package datapackage

import (
	"strconv"

	"yardstick/analytics"
	"yardstick/dashboards/export"
)

func benchmarkFields(s *analytics.Snapshot) []field[analytics.Benchmark] {
	type b = analytics.Benchmark
	spread := func(part func(analytics.Summary) any) func(b) any {
		return func(x b) any {
			if x.Summary == nil {
				return nil
			}
			return part(*x.Summary)
		}
	}
	figure := func(name, description string, part func(analytics.Summary) any) field[b] {
		return field[b]{number(name, "that of the column unit", description), spread(part)}
	}
	fields := []field[b]{
		{required(text("programme", "id of the programme")), func(x b) any { return x.Programme }},
		{required(text("measure", "id of the measure")), func(x b) any { return x.Measure }},
		{required(text("scale", "id of the scale")), func(x b) any { return x.Scale }},
		{
			required(word("group_kind", "kind of group of areas", analytics.GroupAll, analytics.GroupNation,
				analytics.GroupRegion)),
			func(x b) any { return x.Group },
		},
		{required(text("group_id", "id of the nation or region, or all")), func(x b) any { return x.Name }},
		{required(text("group_name", "its name in English")), func(x b) any { return groupName(s, x) }},
		{
			word("unit", "unit of the figures", analytics.UnitPercent, analytics.UnitPoints),
			spread(func(m analytics.Summary) any { return m.Unit }),
		},
		figure("lowest", "lowest of the areas", func(m analytics.Summary) any { return m.Lowest }),
		{
			list("lowest_areas", "ids of the areas that have it"),
			spread(func(m analytics.Summary) any { return m.LowestAreas }),
		},
		figure("q1", "lower quartile (type 7)", func(m analytics.Summary) any { return m.Q1 }),
		figure("median", "median", func(m analytics.Summary) any { return m.Median }),
		figure("average", "average", func(m analytics.Summary) any { return m.Average }),
		figure("q3", "upper quartile (type 7)", func(m analytics.Summary) any { return m.Q3 }),
		figure("highest", "highest of the areas", func(m analytics.Summary) any { return m.Highest }),
		{
			list("highest_areas", "ids of the areas that have it"),
			spread(func(m analytics.Summary) any { return m.HighestAreas }),
		},
		{required(integer("n", "areas", "areas with a result held")), func(x b) any { return x.N }},
		{required(integer("of", "areas", "areas the group has now")), func(x b) any { return x.Of }},
	}
	for n, description := range []string{"areas at the lowest word of the scale", "areas at the second word from below",
		"areas at the third word from below", "areas at the highest word of the scale"} {
		position := n + 1
		fields = append(fields, field[b]{
			integer("areas_level_"+strconv.Itoa(position), "areas", description),
			func(x b) any { return areasAt(x, position) },
		})
	}
	return fields
}

// areasAt is how many areas stand at a position of a scale of words; nil on a scale of percent.
func areasAt(b analytics.Benchmark, position int) any {
	if len(b.Levels) == 0 {
		return nil
	}
	for _, l := range b.Levels {
		if l.Position == position {
			return l.Areas
		}
	}
	return 0
}

func groupName(s *analytics.Snapshot, b analytics.Benchmark) string {
	if b.Group == analytics.GroupAll {
		return "England and Wales"
	}
	return s.Place(b.Group, b.Name).Name.EN
}

func benchmarksTable(s *analytics.Snapshot) export.Table {
	return fill(export.Table{
		Name: "benchmarks", Title: "Computed benchmarks",
		Description: "One row a measure, scale and group of areas: the latest result held of each area, over the " +
			"whole record of this release. Programmes whose sampling is targeted describe the areas inspected, never the " +
			"nation or region.",
		PrimaryKey: []string{"programme", "measure", "scale", "group_kind", "group_id"},
		ForeignKeys: []export.ForeignKey{
			{Columns: []string{"programme", "measure"}, To: "measures", ToColumns: []string{"programme", "measure"}},
		},
	}, benchmarkFields(s), newest(s))
}

// newest are the benchmarks of every measure and group over the whole record.
func newest(s *analytics.Snapshot) []analytics.Benchmark {
	var all []analytics.Benchmark
	for _, p := range s.Programmes() {
		for _, m := range s.Measures(p.ID) {
			for _, group := range []analytics.GroupKind{analytics.GroupAll, analytics.GroupNation, analytics.GroupRegion} {
				found, err := s.Benchmarks(analytics.BenchmarkQuery{Programme: p.ID, Measure: m.ID, Group: group})
				if err != nil {
					continue // a snapshot knows its own programmes and measures
				}
				all = append(all, found...)
			}
		}
	}
	return all
}

func printedTable(s *analytics.Snapshot) export.Table {
	var all []inspected
	for _, x := range allResults(s) {
		if x.Printed != nil {
			all = append(all, x)
		}
	}
	return fill(export.Table{
		Name: "printed_benchmarks", Title: "Benchmarks that notices printed",
		Description: "One row a measure of an inspection whose own notice printed the lowest, highest and average of " +
			"the areas inspected by then. They cover more areas than are held, and leave some held ones out.",
		PrimaryKey:  []string{"inspection", "measure"},
		ForeignKeys: []export.ForeignKey{key("inspection", "inspections", "inspection")},
	}, []field[inspected]{
		{required(text("inspection", "id of the inspection")), func(x inspected) any { return x.ID }},
		{required(text("measure", "id of the measure")), func(x inspected) any { return x.Measure }},
		{percent("lowest", "lowest, as printed"), func(x inspected) any { return x.Printed.Lowest }},
		{percent("highest", "highest, as printed"), func(x inspected) any { return x.Printed.Highest }},
		{percent("average", "average, as printed"), func(x inspected) any { return x.Printed.Average }},
		{
			required(text("source_url", "addresses of the documents it was read from, separated by spaces")),
			func(x inspected) any { return addresses(s, x.Printed.Sources) },
		},
		{
			required(list("sources", "ids of the documents, in the table sources")),
			func(x inspected) any { return x.Printed.Sources },
		},
	}, all)
}
