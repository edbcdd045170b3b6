package fake

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"

	"yardstick/analytics"
)

// observations are the rows of indicators/<indicator>.csv, by the position of the indicator.
func observations(l *loader) []analytics.Observation {
	indicators := l.rows("reference/indicators.csv")
	slices.SortFunc(indicators, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.count("position"), b.count("position")), cmp.Compare(a.text("indicator"), b.text("indicator")))
	})
	files, err := fs.Glob(l.record, "indicators/*.csv")
	if err != nil {
		l.err = err
	}
	var out []analytics.Observation
	for _, i := range indicators {
		for _, file := range files {
			if strings.TrimSuffix(path.Base(file), ".csv") != i.text("indicator") {
				continue
			}
			for _, r := range l.rows(file) {
				out = append(out, observationOf(i, r))
			}
		}
	}
	return out
}

func observationOf(i, r row) analytics.Observation {
	o := analytics.Observation{
		Indicator: i.text("indicator"), Unit: i.text("unit"), Place: r.text("place"), Level: analytics.PlaceLevel(r.text("level")),
		GSS: r.text("gss"), Start: r.date("period_start").First(), End: r.date("period_end").First(), Period: r.text("period"),
		Lower: r.number("lower"), Upper: r.number("upper"), Numerator: r.number("numerator"), Denominator: r.number("denominator"),
		Basis: r.text("basis"), Flag: r.text("flag"), Sources: r.list("sources"), Note: r.text("note"),
	}
	if value := r.number("value"); value != nil {
		o.Value = *value
	}
	return o
}
