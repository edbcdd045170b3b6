package dashboards

import (
	"errors"
	"time"
)

// errBusy says that too many others wait for answers that take all cores.
var errBusy = errors.New("too many wait for answers that take long to work out")

// patience is how long a request waits for its turn; a browser waits longer.
const patience = 3 * time.Second

// turns lets one answer at a time be worked out that takes all cores, so that made-up addresses of such pages hold up
// each other and nobody else.
type turns chan struct{}

func newTurns() turns { return make(turns, 1) }

// take does work when it is its turn; errBusy where that takes too long.
func (t turns) take(work func() (*rendered, error)) (*rendered, error) { return take(t, work) }

func take[T any](t turns, work func() (T, error)) (T, error) {
	waited := time.NewTimer(patience)
	defer waited.Stop()
	select {
	case t <- struct{}{}:
		defer func() { <-t }()
		return work()
	case <-waited.C:
		var none T
		return none, errBusy
	}
}
