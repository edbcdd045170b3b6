package browsertest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"
)

// lighthousePages are an opening page, an area's and a comparison.
var lighthousePages = []string{"/", "/areas/leicester-city",
	"/compare?with=leicester-city-fji-2016&with=leicestershire-and-rutland-cci-2012"}

type lighthouseReport struct {
	Address    string
	Version    string
	Categories []struct {
		ID     string
		Score  int // of 100
		Faults []struct {
			ID, Title string
			Where     []string
		}
	}
}

// lighthouse asks Lighthouse about pages, with a browser of its own beside the tests'.
func lighthouse(ctx context.Context, categories string) ([]lighthouseReport, error) {
	executable, err := chrome()
	if err != nil {
		return nil, err
	}
	arguments := []string{"lighthouse.mjs", executable, categories}
	for _, path := range lighthousePages {
		arguments = append(arguments, origin+path)
	}
	var said bytes.Buffer
	command := exec.CommandContext(ctx, "node", arguments...)
	command.Dir = filepath.Join("..", "..", "static")
	command.Stderr = &said
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("lighthouse (make assets installs it): %w\n%s", err, said.Bytes())
	}
	var reports []lighthouseReport
	if err := json.Unmarshal(out, &reports); err != nil {
		return nil, fmt.Errorf("lighthouse: %w in %.300s", err, out)
	}
	return reports, nil
}

// TestLighthouse wants full marks wherever they do not depend on how fast the machine is.
func TestLighthouse(t *testing.T) {
	reports, err := lighthouse(t.Context(), "accessibility,best-practices,seo")
	if err != nil {
		t.Fatal(err)
	}
	if len(reports) != len(lighthousePages) {
		t.Fatalf("%d reports", len(reports))
	}
	for _, r := range reports {
		if len(r.Categories) != 3 {
			t.Errorf("%s: %d categories", r.Address, len(r.Categories))
		}
		for _, c := range r.Categories {
			if c.Score != 100 {
				t.Errorf("%s: %s %d, want 100: %+v", r.Address, c.ID, c.Score, c.Faults)
			}
		}
	}
}

// BenchmarkLighthouse reports how fast Lighthouse finds the pages, of 100.
func BenchmarkLighthouse(b *testing.B) {
	for b.Loop() {
		reports, err := lighthouse(b.Context(), "performance")
		if err != nil {
			b.Fatal(err)
		}
		for n, r := range reports {
			b.ReportMetric(float64(r.Categories[0].Score),
				fmt.Sprintf("%s/100", []string{"home", "area", "comparison"}[n]))
		}
	}
}
