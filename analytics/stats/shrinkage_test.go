package stats

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got, want, by float64) {
	t.Helper()
	if !(math.Abs(got-want) <= by) {
		t.Errorf("%s is %.9f, want %.9f", what, got, want)
	}
}

// The expected values are those that analytics/target/testdata/reference.py prints.
func TestShrinkProportions(t *testing.T) {
	fit, err := ShrinkProportions([]Sample{{2, 20}, {9, 30}, {14, 25}, {30, 90}, {8, 12}})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "mean", fit.Mean, 0.383603443, 1e-8)
	near(t, "correlation", fit.Between*fit.Between/fit.Mean/(1-fit.Mean), 0.163171876, 1e-8)
	for n, want := range []float64{0.157880966, 0.312205496, 0.529973587, 0.336043463, 0.581913702} {
		near(t, "posterior mean", fit.Units[n].Mean, want, 1e-8)
	}
}

// Alike figures are nothing but chance: all are drawn to the mean, and none is more certain than it was.
func TestNoVariationBeyondChance(t *testing.T) {
	fit, err := ShrinkNormal([]Measured{{0.30, 0.1}, {0.31, 0.1}, {0.29, 0.1}, {0.30, 0.1}})
	if err != nil || fit.Between != 0 {
		t.Fatalf("%+v, %v", fit, err)
	}
	for _, u := range fit.Units {
		near(t, "posterior mean", u.Mean, fit.Mean, 1e-12)
		near(t, "deviation", u.Deviation, 0.05, 1e-12) // 0.1/√4: the mean of four
	}
	counts, err := ShrinkRates([]Exposed{{10, 1000}, {11, 1000}, {9, 1000}})
	if err != nil || counts.Between != 0 || counts.Units[0].Above(0.005) != 1 || counts.Units[0].Above(0.02) != 0 {
		t.Errorf("%+v, %v", counts, err)
	}
}

// A posterior mean lies between the figure and the mean of all, nearer to the figure the smaller its error.
func TestShrinkNormalPullsTowardsTheMean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		units := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Measured {
			return Measured{
				Value: rapid.Float64Range(-5, 5).Draw(t, "value"),
				Error: rapid.Float64Range(0.05, 3).Draw(t, "error"),
			}
		}), 3, 30).Draw(t, "units")
		fit, err := ShrinkNormal(units)
		if err != nil {
			t.Fatal(err)
		}
		for n, u := range fit.Units {
			low, high := min(units[n].Value, fit.Mean), max(units[n].Value, fit.Mean)
			if u.Mean < low-1e-9 || u.Mean > high+1e-9 || u.Reliability < 0 || u.Reliability > 1 {
				t.Fatalf("%+v becomes %+v around %g", units[n], u, fit.Mean)
			}
			want := fit.Between * fit.Between / (fit.Between*fit.Between + units[n].Error*units[n].Error)
			if math.Abs(u.Reliability-want) > 1e-9 {
				t.Fatalf("reliability %g, want %g", u.Reliability, want)
			}
		}
	})
}

func TestShrinkageRefuses(t *testing.T) {
	_, few := ShrinkNormal([]Measured{{1, 1}, {2, 1}})
	_, exact := ShrinkNormal([]Measured{{1, 1}, {2, 0}, {3, 1}})
	_, infinite := ShrinkNormal([]Measured{{1, 1}, {math.Inf(1), 1}, {3, 1}})
	_, all := ShrinkProportions([]Sample{{5, 5}, {6, 6}, {7, 7}})
	_, none := ShrinkRates([]Exposed{{0, 5}, {0, 6}, {0, 7}})
	_, empty := ShrinkRates([]Exposed{{1, 0}, {0, 6}, {0, 7}})
	_, gaps := SuccessiveError([]float64{1, 2}, []float64{1, 2})
	for n, c := range []struct{ got, want error }{{few, ErrTooFew}, {exact, ErrSpread}, {infinite, ErrNotFinite},
		{all, ErrUniform}, {none, ErrUniform},
		{empty, ErrCases}, {gaps, ErrTooFew}} {
		if !errors.Is(c.got, c.want) {
			t.Errorf("case %d: %v, want %v", n, c.got, c.want)
		}
	}
}

// The first vector is a worked example by hand: of four pairs three are told apart. The second is counted pair by
// pair in analytics/target/testdata/reference.py, with ties.
func TestDiscriminate(t *testing.T) {
	d, err := Discriminate([]float64{.1, .4, .35, .8}, []bool{false, false, true, true})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "AUC", d.AUC, 0.75, 1e-15)
	d, err = Discriminate([]float64{.1, .4, .35, .8, .4, .2, .9, .4},
		[]bool{false, false, true, true, true, false, true, false})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "AUC with ties", d.AUC, 0.8125, 1e-15)
	near(t, "deviation", d.Deviation, 0.161374306, 1e-9)
	interval, err := d.Interval(Confidence95)
	if err != nil || interval.Upper != 1 {
		t.Errorf("%v, %v", interval, err)
	}
	if _, err := Discriminate([]float64{1, 2}, []bool{true, true}); !errors.Is(err, ErrUniform) {
		t.Error(err)
	}
	if _, err := Discriminate([]float64{1, math.NaN()}, []bool{true, false}); !errors.Is(err, ErrNotFinite) {
		t.Error(err)
	}
	if _, err := Discriminate([]float64{1}, nil); !errors.Is(err, ErrPairs) {
		t.Error(err)
	}
	one, err := Discriminate([]float64{1, 2}, []bool{false, true})
	if _, none := one.Interval(Confidence95); err != nil || one.AUC != 1 || !errors.Is(none, ErrSpread) {
		t.Errorf("%+v, %v, %v", one, err, none)
	}
}

// Turning the scores round turns the area round, and a growing function of the scores changes nothing.
func TestDiscriminateKeepsOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(4, 40).Draw(t, "n")
		scores, turned, grown, outcomes := make([]float64, n), make([]float64, n), make([]float64, n), make([]bool, n)
		for i := range n {
			scores[i] = float64(rapid.IntRange(0, 9).Draw(t, "score"))
			turned[i], grown[i], outcomes[i] = -scores[i], math.Exp(scores[i]), rapid.Bool().Draw(t, "outcome") ||
				i == 0
		}
		outcomes[1] = false
		a, errA := Discriminate(scores, outcomes)
		b, errB := Discriminate(turned, outcomes)
		c, errC := Discriminate(grown, outcomes)
		if errors.Join(errA, errB, errC) != nil || math.Abs(a.AUC+b.AUC-1) > 1e-9 || math.Abs(a.AUC-c.AUC) > 1e-9 ||
			math.Abs(a.Deviation-b.Deviation) > 1e-9 {
			t.Fatalf("%+v, %+v, %+v", a, b, c)
		}
	})
}

// Drawing 2 of 5 with 3 marked, by counting the ten draws: 1, 6 and 3 of them have 0, 1 and 2 marked.
func TestHypergeometric(t *testing.T) {
	p, err := Hypergeometric(5, 3, 2)
	if err != nil || len(p) != 3 {
		t.Fatal(p, err)
	}
	for k, want := range []float64{0.1, 0.6, 0.3} {
		near(t, "probability", p[k], want, 1e-12)
	}
	if sure, err := Hypergeometric(4, 4, 2); err != nil || math.Abs(sure[2]-1) > 1e-12 {
		t.Errorf("%v, %v", sure, err)
	}
	if _, err := Hypergeometric(2, 3, 1); !errors.Is(err, ErrSuccesses) {
		t.Error(err)
	}
}

// Four draws of three units, ranked by hand: the first unit has the ranks 1, 1, 2, 3.
func TestRankDraws(t *testing.T) {
	ranks, err := RankDraws([]float64{3, 2, 1, 9, 1, 5, 4, 7, 1, 0, 1, 2}, 3, 1)
	if err != nil {
		t.Fatal(err)
	}
	want := []DrawnRank{{1.75, 1, 3, 0.5}, {2, 1, 3, 0.25}, {2.25, 1, 3, 0.25}}
	for i, r := range ranks {
		if r != want[i] {
			t.Errorf("unit %d: %+v, want %+v", i, r, want[i])
		}
	}
	if _, err := RankDraws(nil, 3, 1); !errors.Is(err, ErrEmpty) {
		t.Error(err)
	}
	if _, err := RankDraws([]float64{1, 2}, 2, 3); !errors.Is(err, ErrFirst) {
		t.Error(err)
	}
	if _, err := RankDraws([]float64{1, math.Inf(1)}, 2, 1); !errors.Is(err, ErrNotFinite) {
		t.Error(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		units, draws := rapid.IntRange(1, 30).Draw(t, "units"), rapid.IntRange(1, 50).Draw(t, "draws")
		values := rapid.SliceOfN(rapid.Float64Range(-3, 3), units*draws, units*draws).Draw(t, "values")
		first := rapid.IntRange(0, units).Draw(t, "first")
		ranks, err := RankDraws(values, units, first)
		if err != nil {
			t.Fatal(err)
		}
		expected, among := 0.0, 0.0
		for _, r := range ranks {
			expected, among = expected+r.Expected, among+r.AmongFirst
			if r.Lower < 1 || r.Lower > r.Upper || r.Upper > units {
				t.Fatalf("%+v", r)
			}
		}
		if math.Abs(expected-float64(units*(units+1))/2) > 1e-6 || math.Abs(among-float64(first)) > 1e-9 {
			t.Fatalf("ranks add up to %g, probabilities to %g of %d", expected, among, first)
		}
	})
}
