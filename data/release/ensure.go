package release

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Ensure is the release of b's home to serve: the current one if it is whole and this program made it; else one made
// of the same record; else the newest before it that is whole; else one of b's own record. instead says why it is
// not simply the current one, and is nil where it is. A damaged release is never served and never removed.
func (b Builder) Ensure(ctx context.Context) (m Manifest, instead error, err error) {
	current, instead := pointed(b.Home)
	candidates := b.before(current)
	if instead == nil {
		candidates = append([]string{current}, candidates...)
	}
	for _, id := range candidates {
		m, problem, err := b.usable(ctx, id)
		instead = errors.Join(instead, problem)
		if err == nil && m.ID != "" && m.ID != current {
			err = Point(b.Home, m.ID)
		}
		if err != nil || m.ID != "" {
			return m, instead, err
		}
	}
	m, err = b.Build(ctx)
	return m, instead, err
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
		return m, nil, nil
	}
	problem = fmt.Errorf("release %.12s: %w", id, problem)
	m, again := b.again(ctx, id)
	return m, errors.Join(problem, again), ctx.Err()
}

// again makes a release anew from the record it was made of, and points to it: the shipped one from b's own, and the
// register's from the record kept with it. It says why it could not.
func (b Builder) again(ctx context.Context, id string) (Manifest, error) {
	m, err := readManifest(b.Home, id)
	if err != nil {
		return Manifest{}, err
	}
	if m.Origin != OriginRegister {
		return b.Build(ctx)
	}
	if b.Record, err = Record(b.Home, m); err != nil {
		return Manifest{}, err
	}
	b.Origin = OriginRegister
	return b.Build(ctx)
}

// before are the other releases of the home that have a manifest, the newest first.
func (b Builder) before(id string) []string {
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
	ids := make([]string, len(all))
	for i, m := range all {
		ids[i] = m.ID
	}
	return ids
}
