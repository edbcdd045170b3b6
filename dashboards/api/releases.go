package api

import (
	"slices"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// Publication is one release in the history of what was public, with what it changed.
type Publication struct {
	Position  int        `json:"position"`
	Release   *string    `json:"release"` // its id; null where it was not kept
	Published time.Time  `json:"published"`
	Origin    string     `json:"origin"`
	Why       *string    `json:"why"`
	Added     int        `json:"added"`
	Corrected int        `json:"corrected"`
	Withdrawn int        `json:"withdrawn"`
	Changes   []Revision `json:"changes"`
}

// Revision is one thing that a release changed; null where a part does not apply. Before and after are cells of the
// record.
type Revision struct {
	Subject    analytics.Subject `json:"subject"`
	Act        analytics.Act     `json:"act"`
	Inspection *string           `json:"inspection"`
	Measure    *string           `json:"measure"`
	Place      *string           `json:"place"`
	Period     *string           `json:"period"`
	Field      *string           `json:"field"`
	Before     *string           `json:"before"`
	After      *string           `json:"after"`
	Rows       int               `json:"rows"`
	Why        *string           `json:"why"`
}

// releases are all releases, newest first, as JSON with their changes; as CSV one row a change.
func releases(r Request) (answer, error) {
	s := r.Snapshot
	a := answer{table: export.Table{Columns: slices.Concat(
		export.Columns(export.Integer, "position"),
		export.Columns(export.Text, "published", "subject", "act", "inspection", "measure", "place", "period", "field",
			"before", "after"),
		export.Columns(export.Integer, "rows"),
		export.Columns(export.Text, "why"),
	)}}
	data := []Publication{}
	all := s.Publications()
	var found []analytics.Publication
	found, a.page = part(r, all)
	for _, p := range found {
		id := p.Release
		if p.Position == all[0].Position {
			id = s.Release().ID
		}
		out := Publication{
			Position:  p.Position,
			Release:   some(id),
			Published: p.Published,
			Origin:    p.Origin,
			Why:       some(p.Why),
			Added:     p.Added,
			Corrected: p.Corrected,
			Withdrawn: p.Withdrawn,
			Changes:   []Revision{},
		}
		for _, c := range s.Revisions(p.Position) {
			out.Changes = append(out.Changes, Revision{
				Subject:    c.Subject,
				Act:        c.Act,
				Inspection: some(c.Inspection),
				Measure:    some(c.Measure),
				Place:      some(c.Place),
				Period:     some(c.Period),
				Field:      some(c.Field),
				Before:     some(c.Before),
				After:      some(c.After),
				Rows:       c.Rows,
				Why:        some(c.Why),
			})
			a.row(p.Position, p.Published.Format(time.RFC3339), c.Subject, c.Act, c.Inspection, c.Measure, c.Place,
				c.Period, c.Field, c.Before, c.After, c.Rows, c.Why)
		}
		data = append(data, out)
	}
	a.data = data
	return a, nil
}
