package datapackage

import (
	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// inspected is a result with its inspection.
type inspected struct {
	analytics.Inspection
	analytics.Result
}

func allResults(s *analytics.Snapshot) []inspected {
	var all []inspected
	for _, i := range s.Inspections() {
		for _, r := range i.Results {
			all = append(all, inspected{i, r})
		}
	}
	return all
}

// resultFields are the columns of results: those of the import format, under its names and in its order, and no other.
func resultFields(s *analytics.Snapshot) []field[inspected] {
	type r = inspected
	printed := func(number func(analytics.PrintedBenchmark) *float64) func(r) any {
		return func(x r) any {
			if x.Printed == nil {
				return nil
			}
			return number(*x.Printed)
		}
	}
	return []field[r]{
		{required(text("area", "id of the area inspected")), func(x r) any { return x.Area }},
		{required(text("programme", "id of the inspection programme")), func(x r) any { return x.Programme }},
		{partial("fieldwork_month", "when inspectors were there"), func(x r) any { return x.Fieldwork }},
		{partial("publication_date", "when the report was published"), func(x r) any { return x.Published }},
		{
			integer("cases_in_sample", "cases", "cases read, which the results rest on"),
			func(x r) any { return whole(x.Cases) },
		},
		{required(text("measure", "id of what was judged")), func(x r) any { return x.Measure }},
		{percent("score_percent", "score as published, on a scale of percent"), func(x r) any { return x.Percent }},
		{
			word("comment", "how much improvement was required", "minimum", "moderate", "substantial", "drastic"),
			func(x r) any { return x.Comment },
		},
		{text("rating", "word of the scale, by its id in levels"), func(x r) any { return x.Rating }},
		{integer("points", "points", "points scored"), func(x r) any { return x.Points }},
		{integer("points_max", "points", "points that could be scored"), func(x r) any { return x.PointsMax }},
		{percent("benchmark_lowest", "lowest of the areas inspected by then, as the notice printed it"),
			printed(func(p analytics.PrintedBenchmark) *float64 { return p.Lowest })},
		{
			percent("benchmark_highest", "highest of them, as printed"),
			printed(func(p analytics.PrintedBenchmark) *float64 { return p.Highest }),
		},
		{
			percent("benchmark_average", "average of them, as printed"),
			printed(func(p analytics.PrintedBenchmark) *float64 { return p.Average }),
		},
		{
			required(text("source_url", "address of the document it was read from; several are separated by spaces")),
			func(x r) any { return addresses(s, x.Sources) },
		},
		{
			text("source_title", "title of the document, where it was recorded and there is one document"),
			func(x r) any { return title(s, x.Sources) },
		},
		{text("source_page", "page of the document"), func(x r) any { return x.Page }},
		{text("note", "what else the source says, or why something is missing"), func(x r) any { return x.Note }},
		{
			word("reinspection", "yes where the inspection was a re-inspection", "yes"),
			func(x r) any { return yes(x.Reinspection) },
		},
		{
			required(text("scale", "id of the scale it is on; the same word on two scales has two meanings")),
			func(x r) any { return x.Scale },
		},
		{required(word("confidence", "how it came into the record: read in its source, or taken from a public scrape",
			analytics.ConfidenceSeen, analytics.ConfidenceThirdParty)), func(x r) any { return x.Confidence }},
		{required(list("sources", "ids of the documents, in the table sources")), func(x r) any { return x.Sources }},
	}
}

func resultsTable(s *analytics.Snapshot) export.Table {
	return fill(export.Table{
		Name: "results", Title: "Results of inspections",
		Description: "One row a result: one measure of one inspection, as its source printed it, in the columns of " +
			"the import format. Its inspection is the row of inspections with the same area, programme and date. " +
			"Programmes and scales are never to be averaged together.",
		PrimaryKey: []string{"area", "programme", "publication_date", "measure"},
		ForeignKeys: []export.ForeignKey{key("area", "areas", "area"),
			{Columns: []string{"programme", "measure"}, To: "measures", ToColumns: []string{"programme", "measure"}}},
	}, resultFields(s), allResults(s))
}

// citation is one source of one result.
type citation struct{ inspection, measure, source string }

func citationsTable(s *analytics.Snapshot) export.Table {
	var all []citation
	for _, x := range allResults(s) {
		for _, source := range x.Sources {
			all = append(all, citation{x.ID, x.Measure, source})
		}
	}
	return fill(export.Table{
		Name: "result_sources", Title: "Sources of results",
		Description: "One row a result and a document it was read from.",
		PrimaryKey:  []string{"inspection", "measure", "source"},
		ForeignKeys: []export.ForeignKey{
			key("source", "sources", "source"),
			key("inspection", "inspections", "inspection"),
		},
	}, []field[citation]{
		{required(text("inspection", "id of the inspection")), func(x citation) any { return x.inspection }},
		{required(text("measure", "id of what was judged")), func(x citation) any { return x.measure }},
		{required(text("source", "id of the document")), func(x citation) any { return x.source }},
	}, all)
}

func inspectionsTable(s *analytics.Snapshot) export.Table {
	type i = analytics.Inspection
	return fill(export.Table{
		Name: "inspections", Title: "Inspections",
		Description: "One row an inspection: one area under one programme once. The id is made of the area, the " +
			"programme and the year of publication.",
		PrimaryKey:  []string{"inspection"},
		ForeignKeys: []export.ForeignKey{key("area", "areas", "area"), key("programme", "programmes", "programme")},
	}, []field[i]{
		{unique(text("inspection", "id of the inspection")), func(x i) any { return x.ID }},
		{required(text("area", "id of the area inspected")), func(x i) any { return x.Area }},
		{required(text("programme", "id of the programme")), func(x i) any { return x.Programme }},
		{required(flag("reinspection", "whether it was a re-inspection")), func(x i) any { return x.Reinspection }},
		{partial("fieldwork", "when inspectors were there"), func(x i) any { return x.Fieldwork }},
		{partial("published", "when the report was published"), func(x i) any { return x.Published }},
		{
			required(partial("published_from", "first day that it may have been published on")),
			func(x i) any { return analytics.DateOf(x.Earliest) },
		},
		{required(partial("published_to", "last such day")), func(x i) any { return analytics.DateOf(x.Latest) }},
		{integer("cases", "cases", "cases read"), func(x i) any { return whole(x.Cases) }},
		{required(integer("results", "results", "results held")), func(x i) any { return len(x.Results) }},
	}, s.Inspections())
}

// whole is a count that is not known where it is zero.
func whole(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

func yes(b bool) any {
	if b {
		return "yes"
	}
	return nil
}
