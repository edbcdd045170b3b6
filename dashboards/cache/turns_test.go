package cache

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// One piece of work runs at a time. A client that waits longer than patience is refused, and a turn that ends frees the
// next one, whether or not its work failed.
func TestTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := NewTurns()
		slow := func() (*Body, error) {
			time.Sleep(2 * patience)
			return &Body{}, errors.New("broken")
		}
		done := make(chan error)
		go func() {
			_, err := Take(turns, slow)
			done <- err
		}()
		synctest.Wait()
		if _, err := Take(turns, slow); !errors.Is(err, ErrBusy) {
			t.Errorf("while another runs: %v", err)
		}
		if err := <-done; err == nil || errors.Is(err, ErrBusy) {
			t.Errorf("the first: %v", err)
		}
		if r, err := Take(turns, func() (*Body, error) { return &Body{}, nil }); r == nil || err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}
