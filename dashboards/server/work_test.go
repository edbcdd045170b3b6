package server

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/valyala/fasthttp"
)

// crowdOn asks for addresses from many clients at once, for a while, and counts the answers by status.
func crowdOn(t *testing.T, s *running, clients int, lasting time.Duration,
	address func(n int) string) func() map[int]int {
	t.Helper()
	var mu sync.Mutex
	counts := make(map[int]int)
	var crowd sync.WaitGroup
	end := time.Now().Add(lasting)
	for client := range clients {
		crowd.Go(func() {
			for n := client; time.Now().Before(end); n += clients {
				r := s.get(t, address(n))
				if r.status == 503 && r.header.Get("Retry-After") == "" {
					t.Error("busy, and it does not say when to ask again")
				}
				mu.Lock()
				counts[r.status]++
				mu.Unlock()
			}
		})
	}
	return func() map[int]int {
		crowd.Wait()
		return counts
	}
}

// A crowd that makes up addresses of one kind of work holds up neither what is kept nor another kind of work.
func TestCrowdOnOneRoute(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks for hundreds of pages")
	}
	s := newSite(t, shipped(t))
	s.config.ClientHeader = "X-Client"
	day := func(n int) string {
		return time.Date(2012, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n).Format(time.DateOnly)
	}
	if r := s.get(t, "/areas/leicester-city"); r.status != 200 {
		t.Fatal(r.status)
	}
	for name, address := range map[string]func(n int) string{
		"benchmarks": func(n int) string {
			return "/benchmarks?programme=cci&measure=safeguarding&group=nation&of=leicester-city&as_of=" + day(n)
		},
		"names":  func(n int) string { return fmt.Sprintf("/areas/leicesteshire-and-rutlnd-and-every-other-place-%d", n) },
		"tables": func(n int) string { return "/api/v1/inspections?format=xlsx&from=" + day(n) },
	} {
		counts := crowdOn(t, s, 32, time.Second, address)
		var worst time.Duration
		for n := range 20 {
			begun := time.Now()
			if r := s.get(t, "/areas/leicester-city"); r.status != 200 {
				t.Errorf("%s: what is kept has status %d", name, r.status)
			}
			worst = max(worst, time.Since(begun))
			if n%10 == 0 {
				if r := s.get(t, fmt.Sprintf("/inspections/%s?x=%d", []string{leicester, rutland}[n/10], n),
					"X-Client: reader"); r.status != 200 {
					t.Errorf("%s: another page has status %d", name, r.status)
				}
			}
		}
		if worst > 500*time.Millisecond {
			t.Errorf("%s: what is kept takes %s", name, worst)
		}
		t.Logf("%s: answers by status %v; what is kept takes %s at most", name, counts(), worst)
	}
}

// BenchmarkMadeUpNames is what an address of an area costs that no area has, another each time; the last is asked
// again.
func BenchmarkMadeUpNames(b *testing.B) {
	s, err := startSite(shipped(b), Config{})
	if err != nil {
		b.Fatal(err)
	}
	handler := s.Handler()
	ask := func(path string) {
		var ctx fasthttp.RequestCtx
		ctx.Request.SetRequestURI(path)
		if handler(&ctx); ctx.Response.StatusCode() != fasthttp.StatusNotFound {
			b.Fatalf("%s: status %d", path, ctx.Response.StatusCode())
		}
	}
	for name, path := range map[string]func(n int) string{
		"long":  func(n int) string { return fmt.Sprintf("/areas/%s-%d", strings.Repeat("abcdefghij-", 5), n) },
		"near":  func(n int) string { return fmt.Sprintf("/areas/leicestershre-and-rutlnd-%d", n) },
		"page":  func(n int) string { return fmt.Sprintf("/nothing-%d", n) },
		"again": func(int) string { return "/areas/leicestershre-and-rutlnd" },
	} {
		b.Run(name, func(b *testing.B) {
			for n := 0; b.Loop(); n++ {
				ask(path(n))
			}
		})
	}
}

// An address that leads nowhere is looked for once.
func TestMistakesAreKeptForAWhile(t *testing.T) {
	s := newSite(t, shipped(t))
	for range 3 {
		for _, address := range []string{"/areas/nowhere-at-all", "/areas/No%20Where", "/inspections/nowhere-cci-2012",
			"/r/abcd00000001", "/api/v1/areas/nowhere"} {
			if r := s.get(t, address); r.status != 404 {
				t.Errorf("%s: status %d", address, r.status)
			}
		}
	}
	if n := s.current.Load().mistakes.Len(); n != 5 {
		t.Errorf("%d mistakes are kept: %q", n, s.current.Load().mistakes.Keys())
	}
}
