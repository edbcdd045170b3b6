package command

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// Caches are purged for the newest release alone, with its name, and again where a command failed.
func TestCachesArePurgedForTheNewestRelease(t *testing.T) {
	said := filepath.Join(t.TempDir(), "said")
	var mu sync.Mutex
	var counted []bool
	p := newPurger(`echo "$YARDSTICK_RELEASE $YARDSTICK_TAG" >>`+said+`; [ $(wc -l <`+said+`) -gt 1 ]`,
		slog.New(slog.DiscardHandler), func(done bool) {
			mu.Lock()
			defer mu.Unlock()
			counted = append(counted, done)
		})
	p.switched(strings.Repeat("0", 64))
	p.switched(strings.Repeat("1", 64))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go p.run(ctx)
	for range 200 {
		mu.Lock()
		n := len(counted)
		mu.Unlock()
		if n == 2 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	text, err := os.ReadFile(said)
	if err != nil || string(text) != "111111111111 yardstick\n111111111111 yardstick\n" {
		t.Errorf("%q, %v", text, err)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(counted) != 2 || counted[0] || !counted[1] {
		t.Errorf("counted %v, want a failure and a success", counted)
	}
}
