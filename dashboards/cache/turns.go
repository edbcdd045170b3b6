package cache

import (
	"errors"
	"time"
)

// ErrBusy says that too many others wait for answers that take a whole core to make.
var ErrBusy = errors.New("too many clients wait for answers that take long to compute")

// patience is how long a client waits for its turn. Browsers wait longer.
const patience = 3 * time.Second

// Turns lets one piece of work run at a time. Answers that take a whole core then delay each other and nothing else.
type Turns chan struct{}

// NewTurns returns Turns that nobody has taken.
func NewTurns() Turns { return make(Turns, 1) }

// Take runs work when it is its turn. It returns ErrBusy where that takes longer than a client would wait.
func Take[T any](turns Turns, work func() (T, error)) (T, error) {
	waited := time.NewTimer(patience)
	defer waited.Stop()
	select {
	case turns <- struct{}{}:
		defer func() { <-turns }()
		return work()
	case <-waited.C:
		var none T
		return none, ErrBusy
	}
}
