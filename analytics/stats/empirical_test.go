package stats_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"yardstick/analytics/stats"
)

func TestYearlySpreadComputed(t *testing.T) {
	// Residuals about the line 0.3+0.01t are ±0.02 in turn, less their own line.
	got, err := stats.YearlySpread(plain(2016, 0.30, 0.34, 0.30, 0.34, 0.30))
	if err != nil {
		t.Fatal(err)
	}
	if want := math.Sqrt(0.0004 * 24 / 5 / 3); !near(got.StandardError, want) || got.Degrees != 3 || got.First != 2016 || got.Last != 2020 {
		t.Errorf("%+v, want a standard error of %g", got, want)
	}
	interval, err := got.Interval(0.30, stats.Confidence95)
	if err != nil {
		t.Fatal(err)
	}
	printed(t, "upper", (interval.Upper-0.30)/got.StandardError, "3.182446") // Student's t with 3 degrees of freedom
}

func TestYearlySpreadRefuses(t *testing.T) {
	broken := plain(2016, 0.3, 0.4, 0.3, 0.4, 0.3)
	broken[3].Breaks = true
	twice := plain(2016, 0.3, 0.4, 0.3, 0.4, 0.3)
	twice[3].Year = 2016
	for _, c := range []struct {
		name  string
		years []stats.PlainYear
		want  error
	}{
		{"four years", plain(2016, 0.3, 0.4, 0.3, 0.4), stats.SeriesTooShort},
		{"a break", broken, stats.SeriesBroken},
		{"a year twice", twice, stats.SeriesOverlaps},
		{"all alike", plain(2016, 0.3, 0.3, 0.3, 0.3, 0.3), stats.SeriesUniform},
		{"a straight line", plain(2016, 0.1, 0.2, 0.3, 0.4, 0.5), stats.SeriesUniform},
		{"in percent", plain(2016, 30, 40, 30, 40, 30), stats.ErrProbability},
		{"negative", plain(2016, -0.1, 0.4, 0.3, 0.4, 0.3), stats.ErrProbability},
		{"NaN", plain(2016, math.NaN(), 0.4, 0.3, 0.4, 0.3), stats.ErrNotFinite},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, err := stats.YearlySpread(c.years); !errors.Is(err, c.want) || got != (stats.Spread{}) {
				t.Errorf("%v, error %v, want %v", got, err, c.want)
			}
		})
	}
	good, err := stats.YearlySpread(plain(2016, 0.3, 0.4, 0.3, 0.4, 0.3))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := good.Interval(30, stats.Confidence95); !errors.Is(err, stats.ErrProbability) {
		t.Errorf("a value in percent: error %v", err)
	}
	if _, err := good.Interval(0.3, stats.Level{}); !errors.Is(err, stats.ErrLevel) {
		t.Errorf("no level: error %v", err)
	}
	if _, err := good.Estimate(math.NaN()); !errors.Is(err, stats.ErrNotFinite) {
		t.Errorf("estimate of NaN: error %v", err)
	}
}

func TestYearlySpreadProperties(t *testing.T) {
	draw := func(t *rapid.T) []float64 {
		return rapid.SliceOfN(rapid.Float64Range(0.2, 0.8), 5, 12).Draw(t, "values")
	}
	must := func(t *rapid.T, values []float64) stats.Spread {
		t.Helper()
		spread, err := stats.YearlySpread(plain(2010, values...))
		if errors.Is(err, stats.SeriesUniform) {
			t.Skip("uniform") // a draw of rapid's that has no spread to speak of; it draws another
		}
		if err != nil {
			t.Fatal(err)
		}
		return spread
	}
	t.Run("a steady change adds nothing", rapid.MakeCheck(func(t *rapid.T) {
		values, slope := draw(t), rapid.Float64Range(-0.01, 0.01).Draw(t, "slope")
		a := must(t, values)
		for i := range values {
			values[i] += slope * float64(i)
		}
		if b := must(t, values); math.Abs(a.StandardError-b.StandardError) > 1e-9 {
			t.Fatalf("%g and %g", a.StandardError, b.StandardError)
		}
	}))
	t.Run("failures spread alike, and half the changes half as much", rapid.MakeCheck(func(t *rapid.T) {
		values := draw(t)
		a := must(t, values)
		against, half := make([]float64, len(values)), make([]float64, len(values))
		for i, v := range values {
			against[i], half[i] = 1-v, v/2
		}
		if b, c := must(t, against), must(t, half); math.Abs(a.StandardError-b.StandardError) > 1e-9 || math.Abs(a.StandardError-2*c.StandardError) > 1e-9 {
			t.Fatalf("%g, of failures %g, of halves %g", a.StandardError, b.StandardError, c.StandardError)
		}
	}))
	t.Run("intervals contain their value and lie in 0 to 1", rapid.MakeCheck(func(t *rapid.T) {
		spread, value := must(t, draw(t)), rapid.Float64Range(0, 1).Draw(t, "value")
		inner, err := spread.Interval(value, stats.Confidence95)
		if err != nil {
			t.Fatal(err)
		}
		outer, err := spread.Interval(value, stats.Confidence998)
		if err != nil {
			t.Fatal(err)
		}
		if !inner.Contains(value) || outer.Lower > inner.Lower || outer.Upper < inner.Upper || outer.Lower < 0 || outer.Upper > 1 {
			t.Fatalf("%v and %v round %g", inner, outer, value)
		}
	}))
}

// Synthetic: of series of binomial percentages whose numbers of cases are known
// and kept from the method, the share whose true rate lies in the interval.
func TestEmpiricalIntervalsCover(t *testing.T) {
	const series = 2000
	for _, c := range []struct {
		name           string
		years          int
		first, last    float64 // cases
		from, slope    float64 // true rate
		wander         float64 // standard deviation of what the true rate does each year besides
		lowest, latest float64 // share covered, at the least: of all years, of the latest
	}{
		{"nine years", 9, 60, 60, 0.38, 0, 0, 0.95, 0.94},
		{"five years", 5, 60, 60, 0.38, 0, 0, 0.95, 0.94},
		{"few cases", 9, 20, 20, 0.38, 0, 0, 0.95, 0.94},
		{"many cases", 9, 600, 600, 0.38, 0, 0, 0.95, 0.94},
		{"a steady fall", 9, 60, 60, 0.45, -0.02, 0, 0.95, 0.94},
		{"a wandering rate", 9, 100, 100, 0.38, 0, 0.02, 0.95, 0.94},
		{"cases falling by half", 9, 200, 100, 0.38, -0.01, 0, 0.95, 0.92},
		{"cases falling to a quarter", 9, 200, 50, 0.38, -0.01, 0, 0.94, 0.85},
	} {
		t.Run(c.name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(5, 6))
			all, latest, answered := 0, 0, 0
			for range series {
				rates, values := make([]float64, c.years), make([]float64, c.years)
				wandered := 0.0
				for i := range values {
					rates[i] = min(max(c.from+c.slope*float64(i)+wandered, 0.02), 0.98)
					wandered += c.wander * random.NormFloat64()
					cases := math.Round(c.first + (c.last-c.first)*float64(i)/float64(c.years-1))
					values[i] = binomial(random, cases, rates[i]) / cases
				}
				spread, err := stats.YearlySpread(plain(2010, values...))
				if errors.Is(err, stats.SeriesUniform) { // by chance, of few years
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				answered++
				for i, value := range values {
					interval, err := spread.Interval(value, stats.Confidence95)
					if err != nil {
						t.Fatal(err)
					}
					if interval.Contains(rates[i]) {
						all++
						if i == c.years-1 {
							latest++
						}
					}
				}
			}
			ofAll, ofLatest := float64(all)/float64(answered*c.years), float64(latest)/float64(answered)
			t.Logf("%.3f of all years, %.3f of the latest", ofAll, ofLatest)
			if answered < series*99/100 {
				t.Errorf("%d of %d series were answered", answered, series)
			}
			if ofAll < c.lowest || ofAll > 0.99 || ofLatest < c.latest || ofLatest > 0.99 {
				t.Errorf("%.3f of all years and %.3f of the latest are covered", ofAll, ofLatest)
			}
		})
	}
}

func binomial(random *rand.Rand, cases, p float64) float64 {
	x := 0.0
	for range int(cases) {
		if random.Float64() < p {
			x++
		}
	}
	return x
}
