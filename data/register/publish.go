package register

import (
	"context"
	"fmt"
	"os"
	"slices"

	"yardstick/data/release"
)

// Choice says which imports to publish: those named, or (Due) those whose embargo has lapsed, or, where nothing is
// said, every import that is neither a draft nor under embargo. Those published before stay published.
type Choice struct {
	Imports []int
	Due     bool
	By      string
	Why     string
}

// EmbargoedError says that an import was named whose embargo has not lapsed.
type EmbargoedError struct {
	Import  int
	Embargo Embargo
}

// Error names the import and the moment.
func (e *EmbargoedError) Error() string {
	return fmt.Sprintf("import %d is under embargo until %s", e.Import, e.Embargo)
}

// Published says what a release is made of.
type Published struct {
	Release  release.Manifest `json:"release"`
	Imports  []int            `json:"imports"`
	Came     []int            `json:"came"`     // imports that the release before did not have
	Previous string           `json:"previous"` // its id; empty for the first
}

// Publish makes a release of the shipped record and the chosen imports, whole, and points to it. It may be tried again
// after it was cut off at any moment: the same choice gives the same release. ErrNothing where the choice adds nothing
// and the release stands.
func (r *Register) Publish(ctx context.Context, choice Choice) (Published, error) {
	var out Published
	err := r.locked(ctx, func(entries []Entry, whole int64) error {
		before := published(entries)
		chosen, err := r.choose(entries, before, choice)
		if err != nil {
			return err
		}
		if current, err := release.Current(r.Home); err == nil {
			out.Previous = current.ID
		}
		for _, e := range chosen {
			out.Imports = append(out.Imports, e.Seq)
			if !before[e.Seq] {
				out.Came = append(out.Came, e.Seq)
			}
		}
		if out.Release, err = r.prepare(ctx, chosen); err != nil {
			return err
		}
		if last := lastPublish(entries); last.Release == out.Release.ID && slices.Equal(last.Imports, out.Imports) {
			if out.Previous == out.Release.ID {
				return ErrNothing
			}
			return release.Point(r.Home, out.Release.ID) // decided before, and cut off
		}
		_, err = r.decide(entries, whole, Entry{By: choice.By, Act: ActPublish, Why: choice.Why, Imports: out.Imports, Release: out.Release.ID})
		if err != nil {
			return err
		}
		return release.Point(r.Home, out.Release.ID)
	})
	return out, err
}

func lastPublish(entries []Entry) Entry {
	for _, e := range slices.Backward(entries) {
		if e.Act == ActPublish {
			return e
		}
	}
	return Entry{}
}

// choose are the imports of the release to make, in the order they came.
func (r *Register) choose(entries []Entry, before map[int]bool, choice Choice) ([]Entry, error) {
	now := r.Now()
	var chosen []Entry
	for _, e := range standing(entries) {
		named := slices.Contains(choice.Imports, e.Seq)
		if named && !laid(e.Kind) {
			return nil, fmt.Errorf("import %d holds %s, which are never part of a release", e.Seq, e.Kind)
		}
		if !laid(e.Kind) {
			continue
		}
		due := e.Embargo.Due(now)
		if named && !due {
			return nil, &EmbargoedError{e.Seq, *e.Embargo}
		}
		wanted := named || len(choice.Imports) == 0 && due && !e.Draft && (!choice.Due || e.Embargo != nil)
		if wanted || before[e.Seq] {
			chosen = append(chosen, e)
		}
	}
	for _, seq := range choice.Imports {
		if !slices.ContainsFunc(chosen, func(e Entry) bool { return e.Seq == seq }) {
			return nil, fmt.Errorf("there is no import %d to publish", seq)
		}
	}
	return chosen, nil
}

// prepare builds the release of some imports and does not point to it yet.
func (r *Register) prepare(ctx context.Context, imports []Entry) (release.Manifest, error) {
	f, err := r.over(imports)
	if err != nil {
		return release.Manifest{}, err
	}
	dir, err := os.MkdirTemp("", "yardstick-publish-")
	if err != nil {
		return release.Manifest{}, err
	}
	defer os.RemoveAll(dir)
	builder, err := r.merged(f, dir)
	if err != nil {
		return release.Manifest{}, err
	}
	return builder.Prepare(ctx)
}

// Withdraw takes an import out of what will be published next, for a reason that stands in the journal. The figures stay
// in the releases that had them.
func (r *Register) Withdraw(ctx context.Context, seq int, by, why string) error {
	return r.locked(ctx, func(entries []Entry, whole int64) error {
		if !slices.ContainsFunc(standing(entries), func(e Entry) bool { return e.Seq == seq }) {
			return fmt.Errorf("there is no import %d to withdraw", seq)
		}
		_, err := r.decide(entries, whole, Entry{By: by, Act: ActWithdraw, Why: why, Imports: []int{seq}})
		return err
	})
}
