package office

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"time"

	"yardstick/data/register"
)

// reschedule tells keepSchedule that a schedule changed.
func (o *Office) reschedule() {
	select {
	case o.scheduled <- struct{}{}:
	default:
	}
}

const (
	// lookAgain is how long the schedule is trusted without being read again: a clock may be set, and another process
	// may change the register.
	lookAgain = time.Minute
	// buildAhead is how long before its moment a release is built, and freshEvery how often it is then looked at
	// whether anything was decided since.
	buildAhead = time.Minute
	freshEvery = 5 * time.Second
)

// together are the publications that one person scheduled for one moment: one release, all or nothing.
type together struct {
	at    time.Time
	by    string
	items []*item
}

// choice is what to publish of them.
func (g *together) choice() register.Choice {
	choice := register.Choice{By: g.by}
	var why []string
	for _, i := range g.items {
		choice.Imports = append(choice.Imports, i.imports()...)
		if i.Why != "" {
			why = append(why, i.Why)
		}
	}
	choice.Why = strings.Join(why, "; ")
	return choice
}

// same says whether two are of the same publications, person and moment.
func (g *together) same(other *together) bool {
	if other == nil || !g.at.Equal(other.at) || g.by != other.by || len(g.items) != len(other.items) {
		return false
	}
	for n, i := range g.items {
		if !slices.Equal(i.imports(), other.items[n].imports()) {
			return false
		}
	}
	return true
}

// built is a release that waits for its moment.
type built struct {
	of     *together
	ahead  *register.Ahead
	folder string
}

// keeper publishes what is scheduled. It has at most one release built ahead.
type keeper struct {
	*Office
	built *built
}

// keepSchedule publishes what is scheduled, each at its moment, until ctx ends. What became due while the office was
// not running is published at once.
func (o *Office) keepSchedule(ctx context.Context) {
	(&keeper{Office: o}).keep(ctx)
}

func (k *keeper) keep(ctx context.Context) {
	defer k.drop()
	for {
		wait := lookAgain
		next, err := k.publishDue(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			k.Log.Error("the schedule cannot be read", "error", err)
		case !next.IsZero():
			wait = min(wait, max(next.Sub(k.Now()), 0))
		}
		select {
		case <-ctx.Done():
			return
		case <-k.scheduled:
		case <-time.After(wait):
		}
	}
}

// groups are what is scheduled, the earliest first.
func (k *keeper) groups(ctx context.Context) ([]*together, error) {
	items, err := k.items(ctx)
	if err != nil {
		return nil, err
	}
	var out []*together
	for _, i := range items {
		if i.Status != StatusScheduled {
			continue
		}
		at := slices.IndexFunc(out, func(g *together) bool { return g.at.Equal(i.Schedule.At) && g.by == i.Schedule.Person })
		if at < 0 {
			at, out = len(out), append(out, &together{at: i.Schedule.At, by: i.Schedule.Person})
		}
		out[at].items = append(out[at].items, i)
	}
	slices.SortStableFunc(out, func(a, b *together) int { return a.at.Compare(b.at) })
	return out, nil
}

// publishDue publishes what is due, builds what soon is, and returns when there is something to do next; the zero time
// where there is nothing. A publication that fails is kept with what went wrong, and waits for a person.
func (k *keeper) publishDue(ctx context.Context) (next time.Time, err error) {
	groups, err := k.groups(ctx)
	if err != nil {
		return next, err
	}
	for _, g := range groups {
		now := k.Now()
		if !now.Before(g.at) {
			if err := k.release(ctx, g); err != nil {
				return next, err
			}
			continue
		}
		if soon := g.at.Add(-buildAhead); now.Before(soon) {
			return soon, nil
		}
		k.prepare(ctx, g)
		if again := k.Now().Add(freshEvery); again.Before(g.at) {
			return again, nil
		}
		return g.at, nil
	}
	return next, nil
}

// prepare builds a release ahead, where that was not done or something was decided since. Where that fails it is tried
// again at its moment.
func (k *keeper) prepare(ctx context.Context, g *together) {
	if k.built != nil && g.same(k.built.of) {
		if fresh, err := k.Register.Fresh(k.built.ahead); fresh && err == nil {
			return
		}
	}
	k.drop()
	folder, err := os.MkdirTemp(k.Folder, "preview-")
	if err != nil {
		k.Log.Error("a release cannot be built ahead", "error", err)
		return
	}
	ahead, err := k.registerOf(g.by).Ahead(ctx, g.choice(), g.at, folder)
	k.built = &built{of: g, ahead: ahead, folder: folder}
	if err != nil {
		k.Log.Error("a release cannot be built ahead", "error", err)
		k.drop()
	}
}

// drop removes what was built ahead.
func (k *keeper) drop() {
	if k.built == nil {
		return
	}
	if err := os.RemoveAll(k.built.folder); err != nil {
		k.Log.Error("a release that was built ahead is left on the disk", "error", err)
	}
	k.built = nil
}

// release publishes what is due: the release that was built ahead, or one that is built now.
func (k *keeper) release(ctx context.Context, g *together) error {
	failed := register.ErrStale
	if k.built != nil && g.same(k.built.of) {
		_, failed = k.registerOf(g.by).PublishAhead(ctx, k.built.ahead)
	}
	if errors.Is(failed, register.ErrStale) {
		_, failed = k.registerOf(g.by).Publish(ctx, g.choice())
	}
	if errors.Is(failed, register.ErrNothing) {
		failed = nil
	}
	k.drop()
	if failed != nil && ctx.Err() != nil {
		return nil // the office is stopping: it is published at the next start
	}
	for _, i := range g.items {
		if failed == nil {
			k.Log.Info("published at its moment", "publication", i.ID)
			continue
		}
		k.Log.Error("a scheduled publication failed", "publication", i.ID, "error", failed)
		if err := k.Store.Fail(ctx, i.ID, string(reasonOf(failed))); err != nil {
			return err
		}
	}
	return nil
}
