package register

import "yardstick/data/ingest"

// ahead lays observations over the record while the next ones are read, for there may be millions: reading takes one core,
// laying another.
type ahead struct {
	batch []ingest.Observation
	full  chan []ingest.Observation
	empty chan []ingest.Observation // to be used again
	done  chan error
}

const (
	batchRows = 1024
	batches   = 4
)

// layAhead calls lay for each observation that is taken, in order, until one fails.
func layAhead(lay func(ingest.Observation) error) *ahead {
	a := &ahead{full: make(chan []ingest.Observation, batches), empty: make(chan []ingest.Observation, batches), done: make(chan error, 1)}
	go func() {
		var failed error
		for batch := range a.full {
			for n := 0; n < len(batch) && failed == nil; n++ {
				failed = lay(batch[n])
			}
			select {
			case a.empty <- batch[:0]:
			default:
			}
		}
		a.done <- failed
	}()
	return a
}

func (a *ahead) take(o ingest.Observation) {
	if a.batch = append(a.batch, o); len(a.batch) < batchRows {
		return
	}
	a.full <- a.batch
	select {
	case a.batch = <-a.empty:
	default:
		a.batch = make([]ingest.Observation, 0, batchRows)
	}
}

// wait lays what is left, and says what failed first.
func (a *ahead) wait() error {
	a.full <- a.batch
	close(a.full)
	return <-a.done
}
