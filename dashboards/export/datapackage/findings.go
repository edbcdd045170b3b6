package datapackage

import (
	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// findingFields are the columns of findings, under the names of the record.
func findingFields() []field[analytics.Finding] {
	return []field[analytics.Finding]{
		{required(text("inspection", "id of the inspection")), func(f analytics.Finding) any { return f.Inspection }},
		{
			required(word("kind", "what it is", analytics.FindingKinds()...)),
			func(f analytics.Finding) any { return string(f.Kind) },
		},
		{
			required(integer("position", "findings",
				"number within the inspection and kind, from 1, in the order of the report")),
			func(f analytics.Finding) any { return f.Position },
		},
		{
			text("measure", "id of the measure it is about; empty for the inspection as a whole"),
			func(f analytics.Finding) any { return f.Measure },
		},
		{text("subject", "id of its topic"), func(f analytics.Finding) any { return f.Subject }},
		{text("counted", "who or what the numbers count"), func(f analytics.Finding) any { return f.Counted }},
		{
			required(text("text_en", "what the report says, in our words, in English")),
			func(f analytics.Finding) any { return f.Text.EN },
		},
		{required(text("text_cy", "the same in Welsh")), func(f analytics.Finding) any { return f.Text.CY }},
		{integer("numerator", "", "how many of those counted"), func(f analytics.Finding) any { return f.Numerator }},
		{integer("denominator", "", "of how many"), func(f analytics.Finding) any { return f.Denominator }},
		{percent("percent", "share as published"), func(f analytics.Finding) any { return f.Percent }},
		{
			number("value", "", "a number in the unit of the row, or the start of a range"),
			func(f analytics.Finding) any { return f.Value },
		},
		{number("value_to", "", "the end of the range"), func(f analytics.Finding) any { return f.ValueTo }},
		{text("unit", "unit of value"), func(f analytics.Finding) any { return f.Unit }},
		{
			text("place",
				"official code of the authority, or K04000001 for England and Wales; empty for the inspected area"),
			func(f analytics.Finding) any { return f.Place },
		},
		{
			text("period", "what period it is about, as the report has it"),
			func(f analytics.Finding) any { return f.Period },
		},
		{
			text("printed", "the figure in the report's words, where the numbers follow from words"),
			func(f analytics.Finding) any { return f.Printed },
		},
		{required(word("status", "printed, worked out from what is printed, or shown by the source only as a picture",
			analytics.FindingPrinted, analytics.FindingWorkedOut,
			analytics.FindingPicture)), func(f analytics.Finding) any { return string(f.Status) }},
		{required(text("section", "part of the report")), func(f analytics.Finding) any { return f.Section }},
		{text("page", "page of the report"), func(f analytics.Finding) any { return f.Page }},
		{
			required(list("sources", "ids of the documents, in the table sources")),
			func(f analytics.Finding) any { return f.Sources },
		},
		{text("note", "what else to know of it"), func(f analytics.Finding) any { return f.Note }},
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
