package datapackage

import (
	"yardstick/analytics"
	"yardstick/dashboards/export"
)

const howKnown = "how it is known: read in a published document, or inferred because it fits every published " +
	"result seen"

func programmesTable(s *analytics.Snapshot) export.Table {
	type p = analytics.Programme
	return fill(export.Table{
		Name: "programmes", Title: "Inspection programmes",
		Description: "One row a programme, with how many of its inspections and results are held.",
		PrimaryKey:  []string{"programme"},
	}, []field[p]{
		{unique(text("programme", "id of the programme")), func(x p) any { return x.ID }},
		{required(partial("starts", "when it began")), func(x p) any { return x.Starts }},
		{partial("ends", "when it ended"), func(x p) any { return x.Ends }},
		{
			required(word("sampling", "which areas it inspected", analytics.SamplingCensus, analytics.SamplingTargeted,
				analytics.SamplingScreening, analytics.SamplingUnknown)),
			func(x p) any { return x.Sampling },
		},
		{
			integer("expected_areas", "areas", "areas it set out to cover, where it said"),
			func(x p) any { return whole(x.ExpectedAreas) },
		},
		{
			required(word("status", howKnown, analytics.StatusSeen, analytics.StatusInferred)),
			func(x p) any { return x.Status },
		},
		{required(integer("inspections", "inspections", "inspections held")), func(x p) any { return x.Inspections }},
		{required(integer("results", "results", "results held")), func(x p) any { return x.Results }},
	}, s.Programmes())
}

func measuresTable(s *analytics.Snapshot) export.Table {
	type m = analytics.Measure
	var all []m
	for _, p := range s.Programmes() {
		all = append(all, s.Measures(p.ID)...)
	}
	return fill(export.Table{
		Name: "measures", Title: "Measures",
		Description: "One row a thing that a programme judges, in the order its reports use.",
		PrimaryKey:  []string{"programme", "measure"},
		ForeignKeys: []export.ForeignKey{key("programme", "programmes", "programme")},
	}, []field[m]{
		{required(text("programme", "id of the programme")), func(x m) any { return x.Programme }},
		{required(text("measure", "id of the measure")), func(x m) any { return x.ID }},
		{
			required(word("kind", "what it is within its programme", analytics.KindOverall, analytics.KindHeadline,
				analytics.KindSection, analytics.KindCriterion, analytics.KindStandard, analytics.KindAreaOfWork)),
			func(x m) any { return x.Kind },
		},
		{text("parent", "measure that it is part of"), func(x m) any { return x.Parent }},
		{flag("counts", "whether a standard's points count in the total"), func(x m) any { return x.Counts }},
		{word("share_of", "what its percentage is a share of", analytics.ShareOfCases, analytics.ShareOfJudgements),
			func(x m) any { return x.ShareOf }},
		{
			word("judged_in", "in which of the cases read its questions were asked", analytics.JudgedInAll,
				analytics.JudgedInPart),
			func(x m) any { return x.JudgedIn },
		},
		{text("theme", "what it has in common with measures of other programmes"), func(x m) any { return x.Theme }},
		{
			required(flag("primary", "whether it stands for its programme in that theme")),
			func(x m) any { return x.Primary },
		},
		{
			text(
				"censored",
				"way of reading that could not see some results of it: no average, share or change may be computed from "+
					"those there are",
			),
			func(x m) any { reading, _ := s.Censored(x.Programme, x.ID); return reading.ID },
		},
		{
			required(word("status", howKnown, analytics.StatusSeen, analytics.StatusInferred)),
			func(x m) any { return x.Status },
		},
	}, all)
}

// step is a level with the scale it is of.
type step struct {
	scale string
	analytics.Level
}

func levelsTable(s *analytics.Snapshot) export.Table {
	var all []step
	for _, scale := range s.Scales() {
		for _, l := range scale.Levels {
			all = append(all, step{scale.ID, l})
		}
	}
	return fill(export.Table{
		Name: "levels", Title: "Words of scales",
		Description: "One row a word of a scale, lowest first. Two scales may share a word and not its place.",
		PrimaryKey:  []string{"scale", "level"},
	}, []field[step]{
		{required(text("scale", "id of the scale")), func(x step) any { return x.scale }},
		{required(text("level", "id of the word, as in the column rating")), func(x step) any { return x.ID }},
		{
			required(integer("position", "", "place on the scale; 1 is the lowest")),
			func(x step) any { return x.Position },
		},
		{
			integer("points", "points", "what a standard at this level adds to a total"),
			func(x step) any { return x.Points },
		},
		{
			required(flag("good_or_better", "whether it counts as good or better")),
			func(x step) any { return x.GoodOrBetter },
		},
		{
			required(word("status", howKnown, analytics.StatusSeen, analytics.StatusInferred)),
			func(x step) any { return x.Status },
		},
	}, all)
}

func sourcesTable(s *analytics.Snapshot) export.Table {
	type o = analytics.Source
	cited := s.Citations()
	return fill(export.Table{
		Name: "sources", Title: "Sources",
		Description: "One row a published document, or a named part of a data file, that figures were read from.",
		PrimaryKey:  []string{"source"},
	}, []field[o]{
		{unique(text("source", "id of the document")), func(x o) any { return x.ID }},
		{text("title", "title, where it was recorded"), func(x o) any { return x.Title }},
		{required(text("url", "address")), func(x o) any { return x.URL }},
		{text("detail", "file, table or row within the address"), func(x o) any { return x.Detail }},
		{text("original_url", "publication that the address itself draws on"), func(x o) any { return x.OriginalURL }},
		{required(text("licence", "licence of the figures, as an SPDX id")), func(x o) any { return x.Licence }},
		{
			text("publisher", "who published the figures, wherever they were read"),
			func(x o) any { return s.Publisher(x.Publisher).Name.EN },
		},
		{
			required(integer("figures", "rows", "results, printed benchmarks and observations that name it")),
			func(x o) any { return cited[x.ID].Figures() },
		},
		{
			required(integer("findings", "rows", "findings of reports that name it")),
			func(x o) any { return cited[x.ID].Findings },
		},
		{required(integer("areas", "rows", "areas that name it")), func(x o) any { return cited[x.ID].Areas }},
	}, s.Sources())
}
