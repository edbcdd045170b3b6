package stats_test

import (
	"errors"
	"math"
	"testing"

	"yardstick/analytics/stats"
)

func TestLevelZ(t *testing.T) {
	printed(t, "z at 95%", stats.Confidence95.Z(), "1.959963984540054")
	printed(t, "z at 99.8%", stats.Confidence998.Z(), "3.090232306167813")
	printed(t, "Bonferroni z of six pairs", mustLevel(t, 1-0.05/6).Z(), "2.638257")
	if z := mustLevel(t, 1).Z(); !math.IsInf(z, 1) {
		t.Errorf("z at 100%% = %g, want +Inf", z)
	}
}

func TestNewLevelIsTheNamedLevel(t *testing.T) {
	if got := mustLevel(t, 0.95); got != stats.Confidence95 {
		t.Errorf("NewLevel(0.95) = %v, want Confidence95", got)
	}
	if got := stats.Confidence998.Confidence(); got != 0.998 {
		t.Errorf("Confidence998.Confidence() = %g", got)
	}
}

func TestNewLevelRefuses(t *testing.T) {
	for _, confidence := range []float64{0, -0.95, 1.0001, 95, math.NaN(), math.Inf(1), math.Inf(-1)} {
		level, err := stats.NewLevel(confidence)
		if !errors.Is(err, stats.ErrLevel) {
			t.Errorf("NewLevel(%g): error %v, want ErrLevel", confidence, err)
		}
		if level != (stats.Level{}) {
			t.Errorf("NewLevel(%g) returned %v beside its error", confidence, level)
		}
	}
}
