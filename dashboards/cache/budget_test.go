package cache

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

func nothing() (int, error) { return 0, nil }

// occupied is a budget of one whose work goes on until it is released.
func occupied(t *testing.T) (b *Budget, release func()) {
	t.Helper()
	b = NewBudget(1)
	if err := b.acquire(Page, Client{}); err != nil {
		t.Fatal(err)
	}
	return b, b.release
}

// A full queue turns clients away at once, and its patience ends.
func TestFullQueueIsBusyAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, release := occupied(t)
		defer release()
		var busy atomic.Int64
		for n := range room {
			go func() {
				if _, err := Run(b, Image, Client{Address: fmt.Sprint(n)}, nothing); errors.Is(err, ErrBusy) {
					busy.Add(1)
				}
			}()
		}
		synctest.Wait()
		begun := time.Now()
		if _, err := Run(b, Image, Client{Address: "0"}, nothing); !errors.Is(err, ErrBusy) || time.Since(begun) != 0 {
			t.Errorf("after %s: %v", time.Since(begun), err)
		}
		time.Sleep(patience)
		synctest.Wait()
		if busy.Load() != room || b.Waiting() != 0 {
			t.Errorf("%d of %d lost their patience, and %d wait", busy.Load(), room, b.Waiting())
		}
	})
}

// However many one address sends, another has its turn next, of every kind of work.
func TestAddressesAndKindsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, release := occupied(t)
		var mu sync.Mutex
		var order []string
		ask := func(kind Kind, address string) {
			go Run(b, kind, Client{Address: address}, func() (int, error) { // some are turned away
				mu.Lock()
				order = append(order, fmt.Sprint(address, kind))
				mu.Unlock()
				return 0, nil
			})
			synctest.Wait()
		}
		ask(Background, "warm")
		for range 3 * room {
			ask(Page, "crowd")
		}
		ask(Page, "reader")
		ask(Table, "reader")
		release()
		synctest.Wait()
		for _, asked := range []string{fmt.Sprint("reader", Page), fmt.Sprint("reader", Table)} {
			if at := slices.Index(order, asked); at < 0 || at > 3 {
				t.Errorf("%s is in place %d of %v", asked, at, order)
			}
		}
		if last := order[len(order)-1]; last != fmt.Sprint("warm", Background) || len(order) != room+2 {
			t.Errorf("the last of %d is %s", len(order), last)
		}
	})
}

// Nothing is done for a client who has left.
func TestNothingIsDoneForThoseWhoLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, release := occupied(t)
		var left, made atomic.Int64
		for n := range 6 {
			client := Client{Address: "x", Left: func() bool { return n%2 == 0 }}
			go func() {
				_, err := Run(b, Desk, client, func() (int, error) { return 0, errors.Join(nil, nil) })
				if errors.Is(err, ErrLeft) {
					left.Add(1)
				} else if err == nil {
					made.Add(1)
				}
			}()
		}
		synctest.Wait()
		release()
		synctest.Wait()
		if left.Load() != 3 || made.Load() != 3 {
			t.Errorf("%d left and %d were answered", left.Load(), made.Load())
		}
	})
}

// Whatever comes, no more than the budget runs at a time, a panic gives its place back, and in the end all is free.
func TestBudgetIsKept(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		limit := rapid.IntRange(1, 3).Draw(r, "limit")
		b := NewBudget(limit)
		var running, most atomic.Int64
		var all sync.WaitGroup
		for range rapid.IntRange(1, 60).Draw(r, "clients") {
			kind := Kind(rapid.IntRange(0, int(kinds)-1).Draw(r, "kind"))
			client := Client{Address: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(r, "address")}
			fails := rapid.Bool().Draw(r, "fails")
			all.Go(func() {
				defer func() { recover() }()               // that of the work
				Run(b, kind, client, func() (int, error) { // busy is right too
					now := running.Add(1)
					defer running.Add(-1)
					for {
						was := most.Load()
						if now <= was || most.CompareAndSwap(was, now) {
							break
						}
					}
					if fails {
						panic("work that fails")
					}
					return 0, nil
				})
			})
		}
		all.Wait()
		if most.Load() > int64(limit) || b.free != limit || b.Waiting() != 0 {
			r.Fatalf("%d ran at a time of %d, %d are free, %d wait", most.Load(), limit, b.free, b.Waiting())
		}
	})
}
