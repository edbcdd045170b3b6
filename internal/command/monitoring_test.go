package command

import (
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/collectors"

	"yardstick/dashboards/sitetest"
)

const monitoring = "../../packaging/monitoring/"

// measured returns what a server and the doctor tell Prometheus.
func measured(t *testing.T) string {
	t.Helper()
	s, err := newServer(settings{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Publish(sitetest.Shipped(t)); err != nil {
		t.Fatal(err)
	}
	s.CountPurge(true)
	s.Fetch("/healthz")
	answer := httptest.NewRecorder()
	s.Probe(collectors.NewProcessCollector(collectors.ProcessCollectorOpts{})).
		ServeHTTP(answer, httptest.NewRequest("GET", "/metrics", nil))
	file := filepath.Join(t.TempDir(), "yardstick.prom")
	d := doctor{now: time.Now(), dead: 3, overdue: 1}
	d.add(wrong, "clock", "", "behind")
	if err := d.writeMetrics(file); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`yardstick_doctor_findings{state="wrong"} 1`, "yardstick_source_links_dead 3",
		"yardstick_publications_overdue 1"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the doctor does not tell %s:\n%s", want, text)
		}
	}
	return answer.Body.String() + string(text)
}

// Every alert and every panel asks for what is there.
func TestWhatIsWatchedIsMeasured(t *testing.T) {
	there := measured(t)
	name := regexp.MustCompile(`\b(yardstick|process)_[a-z_]+\b`)
	ending := regexp.MustCompile(`_(bucket|sum|count)$`)
	for _, file := range []string{"alerts.yml", "grafana.json"} {
		text, err := os.ReadFile(monitoring + file)
		if err != nil {
			t.Fatal(err)
		}
		names := name.FindAllString(string(text), -1)
		for _, n := range names {
			if !strings.Contains(there, "# TYPE "+n+" ") && !strings.Contains(there, "# TYPE "+ending.ReplaceAllString(n, "")+
				" histogram") {
				t.Errorf("%s asks for %s, which nothing measures", file, n)
			}
		}
		if len(names) < 10 {
			t.Errorf("%s asks for %d measures", file, len(names))
		}
	}
}

// The dashboard is one that Grafana can read: each panel has its own number and place, and a question.
func TestTheDashboardIsWhole(t *testing.T) {
	text, err := os.ReadFile(monitoring + "grafana.json")
	if err != nil {
		t.Fatal(err)
	}
	type at struct{ X, Y, W, H int }
	var board struct {
		Title  string
		Panels []struct {
			ID                       int
			Title, Description, Type string
			GridPos                  at
			Targets                  []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(text, &board); err != nil {
		t.Fatal(err)
	}
	seen, taken := make(map[int]bool), make(map[[2]int]string)
	for _, p := range board.Panels {
		if seen[p.ID] || p.Title == "" || p.Description == "" || len(p.Targets) == 0 || p.Targets[0].Expr == "" {
			t.Errorf("panel %d %q", p.ID, p.Title)
		}
		seen[p.ID] = true
		for x := p.GridPos.X; x < p.GridPos.X+p.GridPos.W; x++ {
			for y := p.GridPos.Y; y < p.GridPos.Y+p.GridPos.H; y++ {
				if other := taken[[2]int{x, y}]; other != "" || x >= 24 {
					t.Fatalf("%s is over %q, or beyond the edge", p.Title, other)
				}
				taken[[2]int{x, y}] = p.Title
			}
		}
	}
	if len(board.Panels) < 10 {
		t.Errorf("%d panels", len(board.Panels))
	}
}

// The rules are what Prometheus' own tool accepts, and fire in its test of them.
func TestPrometheusAcceptsTheAlerts(t *testing.T) {
	tool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("there is no promtool: on Debian, apt-get install prometheus")
	}
	for _, args := range [][]string{{"check", "rules", monitoring + "alerts.yml"},
		{"test", "rules", monitoring + "alerts_test.yml"}} {
		if out, err := exec.CommandContext(t.Context(), tool, args...).CombinedOutput(); err != nil {
			t.Errorf("promtool %s: %v\n%s", args[0], err, out)
		}
	}
}
