package stats_test

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"yardstick/analytics/stats"
)

// The fifteen p-values of Benjamini and Hochberg (1995), section 3.2: at 5% their procedure rejects four.
func TestFalseDiscoveryPublished(t *testing.T) {
	p := []float64{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
		0.6528, 0.7590, 1.0000}
	got, err := stats.FalseDiscovery(p)
	if err != nil {
		t.Fatal(err)
	}
	called := 0
	for _, q := range got {
		if q <= 0.05 {
			called++
		}
	}
	if called != 4 {
		t.Errorf("%d are called, the paper calls 4: %v", called, got)
	}
	if _, err := stats.FalseDiscovery([]float64{0.5, math.NaN()}); !errors.Is(err, stats.ErrProbability) {
		t.Errorf("NaN: %v", err)
	}
}

// One test alone keeps its p; more never lower it; the order of tests does not matter.
func TestFalseDiscoveryProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOf(rapid.Float64Range(0, 1)).Draw(t, "p")
		got, err := stats.FalseDiscovery(p)
		if err != nil || len(got) != len(p) {
			t.Fatal(got, err)
		}
		for i := range p {
			if got[i] < p[i] || got[i] > 1 || len(p) == 1 && got[i] != p[i] {
				t.Fatalf("%g became %g", p[i], got[i])
			}
			for j := range p {
				if p[i] < p[j] && got[i] > got[j] {
					t.Fatalf("%g became %g, and %g %g", p[i], got[i], p[j], got[j])
				}
			}
		}
	})
}
