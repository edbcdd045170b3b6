package register

import (
	"fmt"
	"slices"
	"time"

	"github.com/parquet-go/parquet-go"

	"yardstick/data/ingest"
	"yardstick/data/release"
)

// thing is what a figure is of: what a revision is about. One with an inspection alone is all of it.
type thing struct{ subject, inspection, measure, place, period string }

// thing returns what a revision is about. What a notice printed for other areas goes with the result.
func (v revision) thing() thing {
	subject := v.subject
	if subject == "benchmark" {
		subject = "result"
	}
	return thing{subject, v.inspection, v.measure, v.place, v.period}
}

// whole returns the inspection that a thing belongs to, as a thing.
func (t thing) whole() thing { return thing{inspection: t.inspection} }

// things returns what the rows of an import, or a withdrawn inspection, are of.
func (r *Register) things(e Entry) (map[thing]bool, error) {
	out := make(map[thing]bool)
	if e.Inspection != "" {
		out[thing{inspection: e.Inspection}] = true
		return out, nil
	}
	if e.Rows == "" {
		return out, nil
	}
	var err error
	switch path := release.RowsPath(r.rowsFolder(), e.Rows); e.Kind {
	case ingest.KindResults:
		err = eachRow(path, func(row release.ResultRow) {
			out[thing{subject: "result", inspection: row.Inspection, measure: row.Measure}] = true
		})
	case ingest.KindScores:
		err = eachRow(path, func(row release.ScoreRow) {
			out[thing{subject: "result", inspection: row.Inspection, measure: row.Measure}] = true
		})
	case ingest.KindFindings:
		err = eachRow(path, func(row release.FindingRow) {
			out[thing{subject: "finding", inspection: row.Inspection, measure: row.Kind}] = true
		})
	case ingest.KindAreas:
		err = eachRow(path, func(row release.AreaRow) { out[thing{subject: "area", place: row.Area}] = true })
	case ingest.KindIndicators:
		err = eachRow(path, func(row release.ObservationRow) {
			start := time.Unix(0, 0).UTC().AddDate(0, 0, int(row.PeriodStart)).Format(time.DateOnly)
			out[thing{subject: "observation", measure: row.Indicator, place: row.Place, period: start}] = true
		})
	}
	if err != nil {
		return nil, fmt.Errorf("read rows of import %d: %w", e.Seq, err)
	}
	return out, nil
}

func eachRow[T any](path string, read func(T)) error {
	rows, err := parquet.ReadFile[T](path)
	for _, row := range rows {
		read(row)
	}
	return err
}

// withdrawal is what a decision withdrew, and why.
type withdrawal struct {
	things   map[thing]bool
	why      string
	text     string // the reason of an import that is redacted, which is not shown any more
	seq      int    // of the entry by which it took effect
	decision int    // of the decision
	imported int    // that was withdrawn; 0 for an inspection
}

func (t withdrawal) has(v revision) bool { return t.things[v.thing()] || t.things[v.thing().whole()] }

// withdrawalsBefore returns what decisions before an entry withdrew, in their order.
func (r *Register) withdrawalsBefore(entries []Entry, before int) ([]withdrawal, error) {
	var all []withdrawal
	approved := approvals(entries[:min(before-1, len(entries))])
	for _, e := range entries {
		effect := inForce(e, approved)
		if e.Seq >= before || effect == 0 || !e.withdraws() {
			continue
		}
		targets := named(entries, e.Imports)
		if e.Inspection != "" {
			targets = append(targets, e)
		}
		for _, one := range targets {
			things, err := r.things(one)
			if err != nil {
				return nil, err
			}
			w := withdrawal{things: things, why: e.Why, seq: effect, decision: e.Seq}
			if one.isImport() {
				w.imported = one.Seq
				if e.Act == ActRedact {
					w.text = one.Why
				}
			}
			all = append(all, w)
		}
	}
	return all, nil
}

// hides says whether what a publication said about something is not shown any more: it was withdrawn in this
// publication or after it, and had been published by then.
func (t withdrawal) hides(publications []Entry, n int) bool {
	first := slices.IndexFunc(publications, func(e Entry) bool { return slices.Contains(e.Imports, t.imported) })
	until := slices.IndexFunc(publications, func(e Entry) bool { return e.Seq > t.seq })
	return n <= until && (t.imported == 0 || first >= 0 && n >= first)
}
