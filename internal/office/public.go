package office

import (
	"context"

	"yardstick/analytics"
	"yardstick/data/release"
)

// current returns the public release; release.ErrNone where there is none yet. It is opened once.
func (o *Office) current(ctx context.Context) (*analytics.Snapshot, error) {
	o.opening.Lock()
	defer o.opening.Unlock()
	id := release.CurrentID(o.Register.Home)
	if o.public != nil && id == o.public.Release().ID {
		return o.public, nil
	}
	m, err := release.Current(o.Register.Home)
	if err != nil {
		return nil, err
	}
	opened, err := o.Open(context.WithoutCancel(ctx), release.Path(o.Register.Home, m.ID), m)
	if err == nil {
		o.public = opened
	}
	return opened, err
}
