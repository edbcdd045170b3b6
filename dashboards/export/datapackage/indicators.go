package datapackage

import (
	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// indicatorFields are the columns of indicators: those of the import format, under its names and in its order, and no
// other.
func indicatorFields(s *analytics.Snapshot) []field[analytics.Observation] {
	type o = analytics.Observation
	return []field[o]{
		{
			required(text("area", "id of the place; of an area of the table areas where level is area")),
			func(x o) any { return x.Place },
		},
		{
			required(text("indicator", "id of what was measured; its unit is in indicator_units")),
			func(x o) any { return x.Indicator },
		},
		{required(day("period_start", "first day of the period")), func(x o) any { return x.Start }},
		{required(day("period_end", "last day of the period")), func(x o) any { return x.End }},
		{
			required(number("value", "that of the indicator", "the figure, as published")),
			func(x o) any { return x.Value },
		},
		{
			number("lower", "that of the indicator", "lower end of its published interval"),
			func(x o) any { return x.Lower },
		},
		{
			number("upper", "that of the indicator", "upper end of its published interval"),
			func(x o) any { return x.Upper },
		},
		{number("numerator", "count", "what was counted"), func(x o) any { return x.Numerator }},
		{number("denominator", "count", "out of how many"), func(x o) any { return x.Denominator }},
		{
			required(text("source_url", "address of the document it was read from; several are separated by spaces")),
			func(x o) any { return addresses(s, x.Sources) },
		},
		{
			text("note", "what else the source says; DERIVED: computed from published counts"),
			func(x o) any { return x.Note },
		},
		{
			word("basis", "series of reoffending, before and after October 2015: the two never join", "old", "new"),
			func(x o) any { return x.Basis },
		},
		{
			required(word("level", "kind of place: one slug may name a service and an authority", analytics.LevelArea,
				analytics.LevelAuthority, analytics.LevelRegion, analytics.LevelNation, analytics.LevelPoliceForce)),
			func(x o) any { return x.Level },
		},
		{text("gss", "Government Statistical Service code of the place"), func(x o) any { return x.GSS }},
		{required(text("period", "the period as the source names it")), func(x o) any { return x.Period }},
		{
			word("flag", "anomalous: shown, and left out of every computation", analytics.FlagAnomalous),
			func(x o) any { return x.Flag },
		},
		{
			text("source_title", "title of the document, where it was recorded and there is one document"),
			func(x o) any { return title(s, x.Sources) },
		},
		{required(list("sources", "ids of the documents, in the table sources")), func(x o) any { return x.Sources }},
	}
}

func indicatorsTable(s *analytics.Snapshot) export.Table {
	fields := indicatorFields(s)
	return export.Table{
		Name: "indicators", Title: "Indicators",
		Description: "One row a published statistic of a place in a period: reoffending, first-time entrants, " +
			"custody, population. Where two sources give one figure, both stand.",
		PrimaryKey:  []string{"indicator", "area", "level", "period_start", "period_end", "sources"},
		ForeignKeys: []export.ForeignKey{key("indicator", "indicator_units", "indicator")},
		Columns:     columnsOf(fields),
		Count:       s.Holdings().Observations,
		Read: func() (rows [][]any, err error) {
			err = s.Observations(func(o analytics.Observation) error {
				rows = append(rows, row(fields, o))
				return nil
			})
			return rows, err
		},
	}
}

// unit is an indicator with its unit and how much is held of it.
type unit struct {
	id, unit     string
	observations int
}

func unitsTable(s *analytics.Snapshot) export.Table {
	var all []unit
	for _, id := range s.Indicators() {
		figures := 0
		for _, series := range s.AllSeries(id) {
			figures += series.Figures
		}
		all = append(all, unit{id, s.Indicator(id).Unit, figures})
	}
	return fill(export.Table{
		Name: "indicator_units", Title: "Units of indicators",
		Description: "One row an indicator of the table indicators.",
		PrimaryKey:  []string{"indicator"},
	}, []field[unit]{
		{unique(text("indicator", "id of the indicator")), func(u unit) any { return u.id }},
		{
			required(text("unit", "unit of its values: percent, count, or a number per so many")),
			func(u unit) any { return u.unit },
		},
		{
			required(integer("observations", "rows", "rows of the table indicators")),
			func(u unit) any { return u.observations },
		},
	}, all)
}
