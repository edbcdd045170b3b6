package datapackage

import (
	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// findingFields are the columns of findings, under the names of the record.
func findingFields() []field[analytics.Finding] {
	type f = analytics.Finding
	return []field[f]{
		{required(text("inspection", "id of the inspection")), func(x f) any { return x.Inspection }},
		{
			required(word("kind", "what it is", analytics.FindingKinds()...)),
			func(x f) any { return string(x.Kind) },
		},
		{
			required(integer("position", "findings",
				"number within the inspection and kind, from 1, in the order of the report")),
			func(x f) any { return x.Position },
		},
		{
			text("measure", "id of the measure it is about; empty for the inspection as a whole"),
			func(x f) any { return x.Measure },
		},
		{text("subject", "id of its topic"), func(x f) any { return x.Subject }},
		{text("counted", "who or what the numbers count"), func(x f) any { return x.Counted }},
		{
			required(text("text_en", "what the report says, in our words, in English")),
			func(x f) any { return x.Text.EN },
		},
		{required(text("text_cy", "the same in Welsh")), func(x f) any { return x.Text.CY }},
		{integer("numerator", "", "how many of those counted"), func(x f) any { return x.Numerator }},
		{integer("denominator", "", "of how many"), func(x f) any { return x.Denominator }},
		{percent("percent", "share as published"), func(x f) any { return x.Percent }},
		{
			number("value", "", "a number in the unit of the row, or the start of a range"),
			func(x f) any { return x.Value },
		},
		{number("value_to", "", "the end of the range"), func(x f) any { return x.ValueTo }},
		{text("unit", "unit of value"), func(x f) any { return x.Unit }},
		{
			text("place",
				"official code of the authority, or K04000001 for England and Wales; empty for the inspected area"),
			func(x f) any { return x.Place },
		},
		{text("period", "what period it is about, as the report has it"), func(x f) any { return x.Period }},
		{
			text("printed", "the figure in the report's words, where the numbers follow from words"),
			func(x f) any { return x.Printed },
		},
		{required(word("status", "printed, worked out from what is printed, or shown by the source only as a picture",
			analytics.FindingPrinted, analytics.FindingWorkedOut,
			analytics.FindingPicture)), func(x f) any { return string(x.Status) }},
		{required(text("section", "part of the report")), func(x f) any { return x.Section }},
		{text("page", "page of the report"), func(x f) any { return x.Page }},
		{required(list("sources", "ids of the documents, in the table sources")), func(x f) any { return x.Sources }},
		{text("note", "what else to know of it"), func(x f) any { return x.Note }},
	}
}

func findingsTable(s *analytics.Snapshot) export.Table {
	return fill(export.Table{
		Name: "findings", Title: "What reports say besides scores",
		Description: "One row a finding: a recommendation, why the area was chosen, an answer by service users or " +
			"victims, a share of cases " +
			"in which inspectors saw something, a fact about the area, a limit of the sample. The text is ours, not the " +
			"report's.",
		PrimaryKey:  []string{"inspection", "kind", "position"},
		ForeignKeys: []export.ForeignKey{key("inspection", "inspections", "inspection")},
	}, findingFields(), s.Findings())
}
