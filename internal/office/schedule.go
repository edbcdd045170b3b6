package office

import (
	"context"
	"time"
)

// reschedule tells keepSchedule that a schedule changed.
func (o *Office) reschedule() {
	select {
	case o.scheduled <- struct{}{}:
	default:
	}
}

// lookAgain is how long the schedule is trusted without being read again: a clock may be set, and another process may
// change the register.
const lookAgain = time.Minute

// keepSchedule publishes what is scheduled, each at its moment, until ctx ends. What became due while the office was
// not running is published at once.
func (o *Office) keepSchedule(ctx context.Context) {
	for {
		wait := lookAgain
		next, err := o.publishDue(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			o.Log.Error("the schedule cannot be read", "error", err)
		case !next.IsZero():
			wait = min(wait, max(next.Sub(o.Now()), 0))
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-o.scheduled:
			timer.Stop()
		case <-timer.C:
		}
	}
}

// publishDue publishes what is due, and returns when the next is; the zero time where none is. One that fails is kept
// with what went wrong, and waits for a person.
func (o *Office) publishDue(ctx context.Context) (next time.Time, err error) {
	items, err := o.items(ctx)
	if err != nil {
		return next, err
	}
	for _, i := range items {
		switch {
		case i.Status != StatusScheduled:
			continue
		case !i.Due(o.Now()):
			if next.IsZero() || i.Embargo.Instant.Before(next) {
				next = i.Embargo.Instant
			}
			continue
		}
		failed := o.publishNow(ctx, i, i.Schedule.Person)
		if failed == nil {
			o.Log.Info("published at its moment", "publication", i.ID)
			continue
		}
		if ctx.Err() != nil { // the office is stopping: it is published at the next start
			return next, nil
		}
		o.Log.Error("a scheduled publication failed", "publication", i.ID, "error", failed)
		if err := o.Store.FailSchedule(ctx, i.ID, failed.Error()); err != nil {
			return next, err
		}
	}
	return next, nil
}
