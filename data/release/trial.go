package release

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"yardstick/data/finding"
)

// Trial is what the newest of a record's decisions would do.
type Trial struct {
	Added, Changed, Unchanged int
	Rows                      []RowChange // added and changed, the first of each
	Meets                     []int       // positions of the earlier decisions that have rows of the same things
	Findings                  []Located
}

// Located is a finding, and the row of the import that it is about. Position is 0 where it is about the shipped record.
type Located struct {
	finding.Finding
	Position int // of the decision, from 1
	At       int // line of the imported file
}

// maxChanges is how many added and how many changed rows a trial lists; all are counted.
const maxChanges = 1_000

// Try merges decisions into the record aside, to find out what the newest of them changes and what is wrong with
// that. Its cost is that of the shipped record and of the rows that the decision brings: of other imports only what
// those can contradict is read.
func (b Builder) Try(ctx context.Context, decisions []Decision) (Trial, error) {
	return b.try(ctx, decisions, func(w *workshop, out *Trial) error {
		found, err := b.checks(ctx, w.conn)
		if err != nil {
			return err
		}
		out.Findings, err = b.origins(ctx, w.conn, found)
		return err
	})
}

// TryUnchecked finds out what the newest of some decisions changes, as Try does, and checks nothing.
func (b Builder) TryUnchecked(ctx context.Context, decisions []Decision) (Trial, error) {
	return b.try(ctx, decisions, func(*workshop, *Trial) error { return nil })
}

func (b Builder) try(
	ctx context.Context,
	decisions []Decision,
	then func(*workshop, *Trial) error,
) (out Trial, err error) {
	newest := len(decisions)
	about := scope{
		positions: map[int]bool{newest: true},
		rows:      observationRows(decisions, map[int]bool{newest: true}),
	}
	err = b.aside(ctx, func(w *workshop) (err error) {
		if err := w.merge(ctx, decisions, about); err != nil {
			return err
		}
		if out, err = b.outcome(ctx, w.conn, newest); err != nil {
			return err
		}
		return then(w, &out)
	})
	return out, err
}

func (b Builder) outcome(ctx context.Context, in runner, position int) (out Trial, err error) {
	err = eachRow(ctx, b.Queries, in, "trial/outcomes.sql", func(rows *sql.Rows) error {
		return rows.Scan(&out.Added, &out.Changed, &out.Unchanged)
	}, sql.Named("position", position))
	if err != nil {
		return out, err
	}
	err = eachRow(ctx, b.Queries, in, "trial/changes.sql", func(rows *sql.Rows) error {
		var c RowChange
		var before, after cellList
		var added bool
		if err := rows.Scan(&c.File, &added, &before, &after); err != nil {
			return err
		}
		if c.After = after; !added {
			c.Before = before
		}
		out.Rows = append(out.Rows, c)
		return nil
	}, sql.Named("position", position), sql.Named("most", maxChanges))
	if err != nil {
		return out, err
	}
	err = eachRow(ctx, b.Queries, in, "trial/meets.sql", func(rows *sql.Rows) error {
		var met int
		err := rows.Scan(&met)
		out.Meets = append(out.Meets, met)
		return err
	}, sql.Named("position", position))
	return out, err
}

// origins finds the rows of imports that findings are about.
func (b Builder) origins(ctx context.Context, in runner, found []finding.Finding) ([]Located, error) {
	out := make([]Located, len(found))
	var places []string
	for n, f := range found {
		out[n].Finding = f
		places = append(places, fmt.Sprintf("%d|%s|%d", n, f.File, f.Line))
	}
	if len(found) == 0 {
		return nil, nil
	}
	err := eachRow(ctx, b.Queries, in, "trial/origins.sql", func(rows *sql.Rows) error {
		var n, position, at int
		if err := rows.Scan(&n, &position, &at); err != nil {
			return err
		}
		out[n].Position, out[n].At = position, at
		return nil
	}, sql.Named("places", strings.Join(places, "\n")))
	return out, err
}

// Revision is a row in which what decisions make of a record differs from what others make of it, or a number of
// observations that came, left or were corrected together: those have no cells.
type Revision struct {
	File          string
	Before, After []string
	Came, Left    bool
	Rows          int
	Was, Is       int // position of the decision that gave the row, before and after; 0 for the shipped record
}

// Revise returns in what the record with some decisions differs from the record with others. Observations of an
// indicator are counted where more than most were corrected. Its cost is that of the shipped record and of the
// decisions that only one of the two has.
func (b Builder) Revise(ctx context.Context, before, after []Decision, most int) ([]Revision, error) {
	var out []Revision
	err := b.aside(ctx, func(w *workshop) error {
		was, is := difference(before, after), difference(after, before)
		rows := append(observationRows(before, was), observationRows(after, is)...)
		if err := errors.Join(w.merge(ctx, before, scope{was, rows}), b.runAll(ctx, w.conn, "trial/state.sql",
			"trial/was.sql", "trial/again.sql")); err != nil {
			return err
		}
		if err := errors.Join(w.merge(ctx, after, scope{is, rows}), b.runAll(ctx, w.conn, "trial/state.sql")); err != nil {
			return err
		}
		return eachRow(ctx, b.Queries, w.conn, "trial/revisions.sql", func(rows *sql.Rows) error {
			var r Revision
			var before, after cellList
			if err := rows.Scan(&r.File, &before, &after, &r.Came, &r.Left, &r.Rows, &r.Was, &r.Is); err != nil {
				return err
			}
			r.Before, r.After = before, after
			out = append(out, r)
			return nil
		}, sql.Named("most", most))
	})
	return out, err
}

// difference returns the positions of decisions that another list does not have.
func difference(decisions, other []Decision) map[int]bool {
	have := make(map[Decision]bool)
	for _, d := range other {
		have[d] = true
	}
	only := make(map[int]bool)
	for n, d := range decisions {
		if !have[d] {
			only[n+1] = true
		}
	}
	return only
}

func observationRows(decisions []Decision, among map[int]bool) []string {
	var sums []string
	for n, d := range decisions {
		if among[n+1] && d.Kind == kindObservations {
			sums = append(sums, d.Rows)
		}
	}
	return sums
}

// workshop is a database in memory in which decisions are merged into a record, to be looked at.
type workshop struct {
	builder Builder
	conn    *sql.Conn
	inputs  string
}

// aside does work in a workshop, of which nothing is kept.
func (b Builder) aside(ctx context.Context, work func(*workshop) error) error {
	folder, err := os.MkdirTemp(b.Work, "yardstick-trial-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	record, err := b.onDisk(folder)
	if err != nil {
		return err
	}
	inputs := filepath.Join(folder, "inputs")
	db, closeDB, err := create("", folder, record, inputs)
	if err != nil {
		return err
	}
	conn, err := db.Conn(ctx)
	if err == nil {
		err = errors.Join(work(&workshop{b, conn, inputs}), conn.Close())
	}
	return errors.Join(err, closeDB())
}

// merge loads the record and merges decisions into it, as far as a trial is about them.
func (w *workshop) merge(ctx context.Context, decisions []Decision, about scope) error {
	if err := os.RemoveAll(w.inputs); err != nil {
		return err
	}
	if err := w.builder.writeInputs(w.inputs, decisions, about); err != nil {
		return err
	}
	list, err := DecisionsCSV(decisions)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(w.inputs, filepath.FromSlash(DecisionsFile)), list, 0o644); err != nil {
		return err
	}
	return w.builder.steps(ctx, w.conn, "macros", "schema", "load", "imports", "trial/observations.sql",
		"keep/documents.sql", "views")
}
