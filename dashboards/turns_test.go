package dashboards

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// One answer is worked out at a time; who waits longer than patience is told so, and a turn that ends is the next one's,
// whatever came of it.
func TestTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns()
		slow := func() (*rendered, error) {
			time.Sleep(2 * patience)
			return &rendered{}, errors.New("broken")
		}
		done := make(chan error)
		go func() {
			_, err := turns.take(slow)
			done <- err
		}()
		synctest.Wait()
		if _, err := turns.take(slow); !errors.Is(err, errBusy) {
			t.Errorf("while another is worked out: %v", err)
		}
		if err := <-done; err == nil || errors.Is(err, errBusy) {
			t.Errorf("the first: %v", err)
		}
		if r, err := turns.take(func() (*rendered, error) { return &rendered{}, nil }); r == nil || err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}
