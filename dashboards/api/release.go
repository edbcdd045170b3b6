package api

import (
	"slices"

	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// Holdings says what a release holds.
type Holdings struct {
	Programmes []ProgrammeHoldings `json:"programmes"`
	Areas      int                 `json:"areas"`
	Sources    int                 `json:"sources"`
}

// ProgrammeHoldings says how much of one programme a release holds.
type ProgrammeHoldings struct {
	Programme   string             `json:"programme"`
	Starts      *string            `json:"starts"`
	Ends        *string            `json:"ends"`
	Sampling    analytics.Sampling `json:"sampling"`
	Inspections int                `json:"inspections"`
	Results     int                `json:"results"`
}

func release(r Request) (answer, error) {
	s := r.Snapshot
	a := answer{
		table: export.Table{
			Columns: slices.Concat(export.Columns(export.Text, "programme"),
				export.Columns(export.Partial, "starts", "ends"), export.Columns(export.Text, "sampling"),
				export.Columns(export.Integer, "inspections", "results")),
		},
	}
	data := Holdings{Areas: len(s.Areas()), Sources: len(s.Sources()), Programmes: []ProgrammeHoldings{}}
	for _, p := range s.Programmes() {
		data.Programmes = append(data.Programmes, ProgrammeHoldings{Programme: p.ID, Starts: some(p.Starts.String()),
			Ends: some(p.Ends.String()), Sampling: p.Sampling, Inspections: p.Inspections, Results: p.Results})
		a.row(p.ID, p.Starts, p.Ends, p.Sampling, p.Inspections, p.Results)
	}
	a.data = data
	return a, nil
}

func sources(r Request) (answer, error) {
	a := answer{
		table: export.Table{
			Columns: export.Columns(export.Text, "source", "title", "url", "detail", "original_url", "licence",
				"publisher"),
		},
	}
	data := []Source{}
	var found []analytics.Source
	found, a.page = part(r, r.Snapshot.Sources())
	for _, o := range found {
		one := sourceOf(r.Snapshot, o)
		data = append(data, one)
		a.row(o.ID, o.Title, o.URL, o.Detail, o.OriginalURL, o.Licence, one.Publisher)
	}
	a.data = data
	return a, nil
}
