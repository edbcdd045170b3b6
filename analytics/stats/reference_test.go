package stats_test

import (
	"encoding/csv"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"yardstick/analytics/stats"
)

// Answers of R to a thousand random questions each, by testdata/reference.R.

// answer is one row of a file: lists of numbers by the name of their column.
type answer map[string][]float64

func (a answer) one(column string) float64 { return a[column][0] }

func (a answer) samples(x, n string) []stats.Sample {
	all := make([]stats.Sample, len(a[x]))
	for i := range all {
		all[i] = stats.Sample{Successes: a[x][i], Cases: a[n][i]}
	}
	return all
}

// reference reads a file of answers and calls check with each.
func reference(t *testing.T, name string, rows int, check func(t *testing.T, a answer)) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "reference", name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(lines)-1 != rows {
		t.Errorf("%s has %d rows, want %d", name, len(lines)-1, rows)
	}
	for at, line := range lines[1:] {
		a := make(answer)
		for i, cell := range line {
			for word := range strings.SplitSeq(cell, ";") {
				number, err := strconv.ParseFloat(word, 64)
				if err != nil {
					t.Fatalf("%s, row %d: %v", name, at+1, err)
				}
				a[lines[0][i]] = append(a[lines[0][i]], number)
			}
		}
		if check(t, a); t.Failed() {
			t.Fatalf("%s, row %d: %v", name, at+1, a)
		}
	}
}

// agree holds a number to R's to nine decimals, or nine digits of what is above 1.
func agree(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*max(1, math.Abs(want))) {
		t.Errorf("%s %.17g, R has %.17g", what, got, want)
	}
}

func agreeInterval(t *testing.T, what string, got stats.Interval, lower, upper float64) {
	t.Helper()
	agree(t, what+" lower", got.Lower, lower)
	agree(t, what+" upper", got.Upper, upper)
}

func TestReferenceIntervals(t *testing.T) {
	reference(t, "wilson", 1000, func(t *testing.T, a answer) {
		x, n := a.one("x"), a.one("n")
		agreeInterval(t, "95%", mustWilson(t, x, n, stats.Confidence95), a.one("lower95"), a.one("upper95"))
		agreeInterval(t, "99.8%", mustWilson(t, x, n, stats.Confidence998), a.one("lower998"), a.one("upper998"))
	})
	reference(t, "newcombe", 1000, func(t *testing.T, a answer) {
		d := mustNewcombe(t, sample{a.one("x1"), a.one("n1")}, sample{a.one("x2"), a.one("n2")}, stats.Confidence95)
		agree(t, "difference", d.Value, a.one("value"))
		agreeInterval(t, "difference", d.Interval, a.one("lower"), a.one("upper"))
	})
}

func TestReferenceLimits(t *testing.T) {
	reference(t, "limits", 1000, func(t *testing.T, a answer) {
		target, n := a.one("target"), a.one("n")
		exact := both(t, stats.ExactLimits, target, n)
		agreeInterval(t, "exact 95%", exact.At95, a.one("exact_lower95"), a.one("exact_upper95"))
		agreeInterval(t, "exact 99.8%", exact.At998, a.one("exact_lower998"), a.one("exact_upper998"))
		if exact.At998.Upper < 1 { // the paper's upper limits are one case further in
			agree(t, "Spiegelhalter's upper 95%", exact.At95.Upper-1/n, a.one("spiegelhalter95"))
			agree(t, "Spiegelhalter's upper 99.8%", exact.At998.Upper-1/n, a.one("spiegelhalter998"))
		}
		score := both(t, stats.ScoreLimits, target, n)
		agreeInterval(t, "score 95%", score.At95, a.one("score_lower95"), a.one("score_upper95"))
		agreeInterval(t, "score 99.8%", score.At998, a.one("score_lower998"), a.one("score_upper998"))
		funnel, err := stats.Funnel(target, n)
		if err != nil {
			t.Fatal(err)
		}
		if want := map[bool]stats.FunnelLimits{true: exact, false: score}[n*min(target,
			1-target) < 100]; funnel != want {
			t.Errorf("funnel %v, want %v", funnel, want)
		}
	})
}

func both(t *testing.T, limits func(target, n float64, level stats.Level) (stats.Interval, error), target,
	n float64) (l stats.FunnelLimits) {
	t.Helper()
	var err error
	if l.At95, err = limits(target, n, stats.Confidence95); err != nil {
		t.Fatal(err)
	}
	if l.At998, err = limits(target, n, stats.Confidence998); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestReferenceQuantiles(t *testing.T) {
	reference(t, "quantiles", 1000, func(t *testing.T, a answer) {
		got, err := stats.Quantiles(a["values"], 0.1, 0.25, 0.5, 0.75, 0.9)
		if err != nil {
			t.Fatal(err)
		}
		for i, column := range []string{"q10", "q25", "q50", "q75", "q90"} {
			agree(t, column, got[i], a.one(column))
		}
	})
}

func TestReferenceTrends(t *testing.T) {
	reference(t, "proportion_trend", 1000, func(t *testing.T, a answer) {
		got, err := stats.ProportionSlope(counted(2019, a.samples("x", "n")...))
		if err != nil {
			t.Fatal(err)
		}
		agree(t, "χ²", math.Pow(got.PerYear/got.StandardError, 2), a.one("chi"))
		agree(t, "rest of χ²", got.Scatter, a.one("rest"))
		agree(t, "slope", got.PerYear, a.one("slope"))
	})
	reference(t, "plain_trend", 1000, func(t *testing.T, a answer) {
		got, err := stats.PlainSlope(plain(2019, a["y"]...))
		if err != nil {
			t.Fatal(err)
		}
		agree(t, "slope", got.PerYear, a.one("slope"))
		agree(t, "variance", got.Scatter/float64(got.Degrees), a.one("variance"))
		test, err := got.Against(got.Scatter/float64(got.Degrees), float64(got.Degrees))
		if err != nil {
			t.Fatal(err)
		}
		agree(t, "p", test.P, a.one("p"))
		agreeInterval(t, "change", test.Interval, a.one("lower"), a.one("upper"))
	})
}

// R's own fits stop some digits before ours; its optimum with extra variance does so after about six.
func TestReferenceLogLinear(t *testing.T) {
	near := func(t *testing.T, what string, got, want, tolerance float64) {
		t.Helper()
		if !(math.Abs(got-want) <= tolerance*max(1, math.Abs(want))) {
			t.Errorf("%s %.12g, R has %.12g", what, got, want)
		}
	}
	reference(t, "log_linear", 1000, func(t *testing.T, a answer) {
		var years []stats.YearCount
		for i, x := range a["x"] {
			years = append(years, stats.YearCount{Period: stats.Period{Year: 2019 + i}, Count: x, Exposure: a["n"][i]})
		}
		got, err := stats.LogLinear(years, 0)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "slope", got.PerYear, a.one("slope"), 1e-8)
		near(t, "error", got.StandardError, a.one("error"), 1e-8)
		near(t, "scatter", got.Scatter, a.one("scatter"), 1e-7)
		test, err := got.Against(1, 0)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "p", test.P, a.one("p"), 1e-8)
		got, err = stats.LogLinear(years, a.one("extra"))
		if err != nil {
			t.Fatal(err)
		}
		near(t, "slope with extra variance", got.PerYear, a.one("extra_slope"), 1e-5)
		near(t, "error with extra variance", got.StandardError, a.one("extra_error"), 1e-5)
	})
}

func TestReferenceCounts(t *testing.T) {
	reference(t, "counts", 1000, func(t *testing.T, a answer) {
		x := a.one("x")
		for level, name := range map[stats.Level]string{stats.Confidence95: "95", stats.Confidence998: "998"} {
			exact, err := stats.ExactCount(x, level)
			if err != nil {
				t.Fatal(err)
			}
			agreeInterval(t, "exact "+name, exact, a.one("lower"+name), a.one("upper"+name))
			byar, err := stats.Byar(x, level)
			if err != nil {
				t.Fatal(err)
			}
			agreeInterval(t, "Byar "+name, byar, a.one("byar_lower"+name), a.one("byar_upper"+name))
			got, err := stats.CountInterval(x, level)
			if want := map[bool]stats.Interval{true: exact, false: byar}[x < 10]; err != nil || got != want {
				t.Errorf("interval %v, want %v, %v", got, want, err)
			}
		}
	})
}

func TestReferenceFalseDiscovery(t *testing.T) {
	reference(t, "false_discovery", 200, func(t *testing.T, a answer) {
		got, err := stats.FalseDiscovery(a["p"])
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range a["adjusted"] {
			agree(t, "adjusted", got[i], want)
		}
	})
}

// The least cohort is R's by trying each, and never above the true one.
func TestReferenceLeastCohort(t *testing.T) {
	reference(t, "least_cohort", 1000, func(t *testing.T, a answer) {
		got, err := stats.LimitByCohort(a.one("percent"), int(a.one("decimals")), stats.Confidence95)
		if err != nil {
			t.Fatal(err)
		}
		if got.AtLeast != int(a.one("least")) || got.AtLeast > int(a.one("cohort")) {
			t.Errorf("at least %d, R has %g of %g", got.AtLeast, a.one("least"), a.one("cohort"))
		}
	})
}

func TestReferenceOverdispersion(t *testing.T) {
	reference(t, "overdispersion", 1000, func(t *testing.T, a answer) {
		samples := a.samples("x", "n")
		target, err := stats.Pooled(samples)
		if err != nil {
			t.Fatal(err)
		}
		agree(t, "target", target, a.one("target"))
		got, err := stats.Overdisperse(samples, target)
		if err != nil {
			t.Fatal(err)
		}
		agreeInterval(t, "bounds", got.Bounds, a.one("lower"), a.one("upper"))
		agree(t, "φ", got.Phi, a.one("phi"))
		agree(t, "τ²", got.TauSquared, a.one("tau"))
	})
}

// Simulated, so held to four standard errors of a simulation, and to what the
// tabulated distribution adds.
func TestReferenceHighest(t *testing.T) {
	const simulations = 40_000
	reference(t, "highest", 100, func(t *testing.T, a answer) {
		var estimates []stats.Estimate
		for _, s := range a.samples("x", "n") {
			estimates = append(estimates, mustEstimate(t, s.Successes, s.Cases))
		}
		got, err := stats.Ranks(estimates, stats.Ranking{Simulations: simulations, Level: stats.Confidence95, First: 1},
			rand.New(rand.NewPCG(20, 9)))
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range a["first"] {
			if tolerance := 4*math.Sqrt(p*(1-p)/simulations) + 0.0005; math.Abs(got[i].AmongFirst-p) > tolerance {
				t.Errorf("estimate %d is highest with probability %.5f, R has %.5f", i, got[i].AmongFirst, p)
			}
		}
	})
}
