package release

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// Ensure returns the release of b's home to serve, and points to it: the current one if it is whole, opens and this
// program made it; else one made of the same record. Where neither can be had and no register is known to have
// published anything, the newest before it that is whole is used, as long as it has nothing that was withdrawn or
// corrected since; the home goes on pointing to the one that is damaged. A home where only the shipped record was ever
// released gets a release of b's own. instead says why the release is not simply the current one, and is nil where it
// is. A damaged release is never served and never removed.
func (b Builder) Ensure(ctx context.Context) (m Manifest, instead error, err error) {
	current, instead := pointed(b.Home)
	if newest := b.newerThan(current); newest != "" && instead == nil {
		return b.again(ctx, newest, current, &BehindError{current, newest})
	}
	if instead == nil {
		m, problem, err := b.usable(ctx, current)
		if err == nil && m.ID != "" && m.ID != current {
			err = Point(b.Home, m.ID)
		}
		if err != nil || m.ID != "" {
			return m, problem, err
		}
		instead = problem
	}
	published, err := b.published()
	if err != nil {
		return Manifest{}, instead, errors.Join(fmt.Errorf("it is not known which release was published last: "+
			"run publish as the register's owner: %w", err), instead)
	}
	if published != "" {
		return b.again(ctx, published, current, instead)
	}
	others := b.before(current)
	if !slices.ContainsFunc(others, func(m Manifest) bool { return m.Origin == OriginRegister }) &&
		b.originOf(current) != OriginRegister {
		m, err = b.Build(ctx)
		return m, instead, err
	}
	for _, other := range others {
		if !b.nothingLeftSince(current, other.ID) {
			continue
		}
		m, problem, err := b.usable(ctx, other.ID)
		if err != nil || m.ID != "" {
			return m, errors.Join(instead, problem), err
		}
		instead = errors.Join(instead, problem)
	}
	return Manifest{}, instead, fmt.Errorf("no release of this home can be served: copy them again, or run publish "+
		"where the register is: %w", instead)
}

// BehindError says that a home points to a release that is older than what was published last.
type BehindError struct{ Current, Published string }

// Error names both.
func (e *BehindError) Error() string {
	return fmt.Sprintf("release %.12s is older than %.12s, which was published last", e.Current, e.Published)
}

// Behind fails with a *BehindError where a release of the home is older than what was published last, as far as the
// register or, for who may not read it, the public log knows.
func (b Builder) Behind(id string) error {
	if newest := b.newerThan(id); newest != "" {
		return &BehindError{Current: id, Published: newest}
	}
	return nil
}

// newerThan returns the release that was published last where a release is neither it nor was made after it.
func (b Builder) newerThan(id string) string {
	newest, err := b.published()
	if err != nil || newest == "" { // who serves may not read the register
		newest = lastInLog(b.Home)
	}
	is := func(m Manifest) bool { return m.ID == newest }
	if newest == id || slices.ContainsFunc(earlierThan(b.Home, id), is) {
		return ""
	}
	return newest
}

// published returns the release that the register says it published last; empty where there is none.
func (b Builder) published() (string, error) {
	if b.Published == nil {
		return "", nil
	}
	return b.Published()
}

// again returns the release that the register published last, where the home points to nothing that can be served.
func (b Builder) again(ctx context.Context, published, current string, instead error) (Manifest, error, error) {
	var m Manifest
	if published != current {
		var problem, err error
		m, problem, err = b.usable(ctx, published)
		instead = errors.Join(instead, problem)
		if err == nil && m.ID != "" {
			err = Point(b.Home, m.ID)
		}
		if err != nil {
			return m, instead, err
		}
	}
	if m.ID == "" {
		return m, instead, fmt.Errorf("release %.12s, which was published last, cannot be served, and nothing older is: "+
			"run publish, which makes it again: %w", published, instead)
	}
	return m, instead, nil
}

// originOf returns the origin of a release, from its manifest or else from the record kept with it.
func (b Builder) originOf(id string) Origin {
	if m, err := readManifest(b.Home, id); err == nil {
		return m.Origin
	}
	record, err := openRecord(b.Home, id)
	if err != nil {
		return ""
	}
	return originOf(record)
}

// originOf tells the origin of a record: the register's alone list decisions.
func originOf(record fs.FS) Origin {
	if _, err := fs.Stat(record, DecisionsFile); err == nil {
		return OriginRegister
	}
	return OriginShipped
}

// nothingLeftSince says whether the manifests show that no figure was withdrawn or corrected from a release to a later
// one, so that the earlier has nothing that the later one took back. Where the later one is not known, nobody can have
// been told of it.
func (b Builder) nothingLeftSince(later, earlier string) bool {
	for id := later; later != "" && id != earlier; {
		m, err := readManifest(b.Home, id)
		if err != nil || m.Previous == "" {
			return false
		}
		for file, d := range m.Difference {
			if !strings.HasPrefix(file, "history/") && d.Left+d.Changed > 0 {
				return false
			}
		}
		id = m.Previous
	}
	return true
}

// usable is a release of the home as this program can serve it: as it is, or made again from its record. The zero
// Manifest where it is neither, for the problem given.
func (b Builder) usable(ctx context.Context, id string) (m Manifest, problem, err error) {
	program, err := b.Program()
	if err != nil {
		return Manifest{}, nil, err
	}
	m, problem = verified(b.Home, id)
	if problem == nil && m.Program != program {
		problem = errors.New("another program made it")
	}
	if problem == nil && m.Origin == OriginShipped {
		if own, err := b.ID(); err != nil || own != m.ID {
			m, problem = Manifest{}, errors.New("the record has changed")
		}
	}
	if problem == nil {
		problem = b.opens(ctx, Path(b.Home, m.ID), m)
		if problem == nil || ctx.Err() != nil {
			return m, nil, ctx.Err()
		}
		return Manifest{}, problem, nil // made again it would be the same
	}
	problem = fmt.Errorf("release %.12s: %w", id, problem)
	m, again := b.remake(ctx, id)
	return m, errors.Join(problem, again), ctx.Err()
}

// remake makes a release anew from the record it was made of: the shipped one from b's own, and the register's from
// the record kept with it. Without its manifest, that record must be what gives the release its id. It says why it
// could not.
func (b Builder) remake(ctx context.Context, id string) (Manifest, error) {
	if own, err := b.ID(); err == nil && own == id {
		return b.Prepare(ctx)
	}
	m, err := readManifest(b.Home, id)
	if err == nil && m.Origin != OriginRegister {
		return b.Prepare(ctx)
	}
	record, errRecord := openRecord(b.Home, id)
	if err == nil {
		record, errRecord = Record(b.Home, m)
	}
	if errRecord != nil {
		return Manifest{}, errRecord
	}
	b.Record = record
	if err != nil {
		named, errID := b.ID()
		if errID != nil || named != id {
			return Manifest{}, errors.Join(fmt.Errorf("the record kept with it is damaged, or another "+
				"program made it: %w", err), errID)
		}
		if originOf(record) != OriginRegister {
			return Manifest{}, errors.New("the record has changed")
		}
	}
	b.Origin = OriginRegister
	return b.Prepare(ctx)
}

// before are the other releases of the home that have a manifest, the newest first.
func (b Builder) before(id string) []Manifest {
	paths, err := filepath.Glob(manifestPath(b.Home, "*"))
	if err != nil {
		return nil
	}
	var all []Manifest
	for _, path := range paths {
		other := strings.TrimSuffix(filepath.Base(path), ".json")
		if m, err := readManifest(b.Home, other); err == nil && other != id {
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(a, b Manifest) int {
		return cmp.Or(b.Built.Compare(a.Built), cmp.Compare(a.ID, b.ID))
	})
	return all
}
