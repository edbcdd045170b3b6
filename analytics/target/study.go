package target

import (
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"

	"yardstick/analytics"
)

// keptDays is how many days' evidence a study keeps: today's, and a few that readers replay. One takes 4 MB.
const keptDays = 4

// Study is a release's desk. It keeps the draws of each day, so that one set answers every choice of weights, and the
// back-test. It is safe for concurrent use.
type Study struct {
	snapshot *analytics.Snapshot
	days     *lru.Cache[string, *evidence]
	making   singleflight.Group
	tested   atomic.Pointer[Backtest]
}

// New makes the desk of a release. It reads nothing before it is asked.
func New(s *analytics.Snapshot) *Study {
	days, err := lru.New[string, *evidence](keptDays)
	if err != nil {
		panic(err) // of a size that is not positive
	}
	return &Study{snapshot: s, days: days}
}

// Board answers assumptions. It uses all of the record where they name no day.
func (s *Study) Board(a Assumptions) (Desk, error) {
	e, err := s.evidence(a.AsOf)
	if err != nil {
		return Desk{}, err
	}
	return e.board(a), nil
}

// Backtest says how well the desk would have predicted later ratings. It is worked out once.
func (s *Study) Backtest() (Backtest, error) {
	made, err, _ := s.making.Do("backtest", func() (any, error) {
		if b := s.tested.Load(); b != nil {
			return *b, nil
		}
		of, err := readStatistics(s.snapshot)
		if err != nil {
			return nil, err
		}
		b := backtest(of)
		s.tested.Store(&b)
		return b, nil
	})
	if err != nil {
		return Backtest{}, err
	}
	return made.(Backtest), nil
}

// evidence is that of a day, gathered once however many ask for it at the same time.
func (s *Study) evidence(asOf *time.Time) (*evidence, error) {
	key := ""
	if asOf != nil {
		key = asOf.Format(time.DateOnly)
	}
	if e, ok := s.days.Get(key); ok {
		return e, nil
	}
	made, err, _ := s.making.Do(key, func() (any, error) {
		of, err := readStatistics(s.snapshot)
		if err != nil {
			return nil, err
		}
		e := gather(newReader(of, asOf), Draws, true)
		e.reader.series = nil // it is read, and may be large
		s.days.Add(key, e)
		return e, nil
	})
	if err != nil {
		return nil, err
	}
	return made.(*evidence), nil
}
