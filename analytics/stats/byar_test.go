package stats_test

import (
	"errors"
	"math"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"yardstick/analytics/stats"
)

// Exact limits of a count by the tables of Breslow and Day (1987) and of Garwood (1936), as printed.
func TestExactCountPublished(t *testing.T) {
	for count, want := range map[float64][2]string{0: {"0.000", "3.689"}, 1: {"0.0253", "5.572"}, 2: {"0.242", "7.225"},
		3: {"0.619", "8.767"},
		5: {"1.62", "11.67"}, 10: {"4.80", "18.39"}, 20: {"12.22", "30.89"}, 50: {"37.11", "65.92"}, 100: {"81.4",
			"121.6"}} {
		got, err := stats.ExactCount(count, stats.Confidence95)
		if err != nil {
			t.Fatal(err)
		}
		name := strconv.FormatFloat(count, 'f', -1, 64)
		printed(t, "lower of "+name, got.Lower, want[0])
		printed(t, "upper of "+name, got.Upper, want[1])
	}
}

// PHEindicatormethods prints, in testdata_funnel_rate_outputs.csv, the population at which so many events touch a
// limit round a rate of 116.1720835 per 100,000, over three years: the exact limit of the count over the rate.
func TestExactCountOfFunnelRates(t *testing.T) {
	const rate, years = 116.1720835 / 100_000, 3
	for _, c := range []struct {
		events                               float64
		upper95, lower95, upper998, lower998 string // the upper limit of the count is the lower limit's population
	}{
		{1, "1598.675694", "7.264481402", "2649.348525", "0.287087625"},
		{5, "3348.002593", "465.8280129", "4721.370883", "212.14848"},
		{9, "4902.152951", "1180.827018", "6501.096999", "703.6760012"},
		{20, "8862.823734", "3505.293872", "10915.38389", "2570.385518"},
		{104, "36157.10817", "24382.08903", "40036.31685", "21608.75072"},
		{1360, "411529.9259", "369759.5622", "424043.2424", "358342.3275"},
	} {
		for level, want := range map[stats.Level][2]string{stats.Confidence95: {c.lower95, c.upper95},
			stats.Confidence998: {c.lower998, c.upper998}} {
			got, err := stats.ExactCount(c.events, level)
			if err != nil {
				t.Fatal(err)
			}
			name := strconv.FormatFloat(c.events, 'f', -1, 64) + " at " + strconv.FormatFloat(level.Confidence(), 'f',
				-1, 64)
			for i, limit := range []float64{got.Lower, got.Upper} {
				population, err := strconv.ParseFloat(want[i], 64)
				if err != nil {
					t.Fatal(err)
				}
				// The publisher searches for the population, to about six digits.
				if p := limit / rate / years; math.Abs(p-population) > 1e-6*population+3e-5 {
					t.Errorf("%s: population %.6f, printed %s", name, p, want[i])
				}
			}
		}
	}
}

func TestCountIntervals(t *testing.T) {
	for name, c := range map[string]struct {
		count float64
		level stats.Level
		want  error
	}{"below nothing": {-1, stats.Confidence95, stats.ErrCount}, "NaN": {math.NaN(), stats.Confidence95,
		stats.ErrNotFinite}, "no level": {3, stats.Level{}, stats.ErrLevel}} {
		for _, f := range []func(float64, stats.Level) (stats.Interval, error){stats.ExactCount, stats.Byar,
			stats.CountInterval} {
			if got, err := f(c.count, c.level); !errors.Is(err, c.want) || got != (stats.Interval{}) {
				t.Errorf("%s: %v, %v", name, got, err)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		count, level := rapid.Float64Range(0, 1e5).Draw(t, "count"), drawLevel(t, "level")
		exact, err := stats.ExactCount(count, level)
		if err != nil {
			t.Fatal(err)
		}
		got, err := stats.CountInterval(count, level)
		if err != nil || got.Lower > count || got.Upper < count || got.Lower < 0 {
			t.Fatalf("%v of %g, %v", got, count, err)
		}
		if off := math.Abs(got.Upper-exact.Upper) + math.Abs(got.Lower-exact.Lower); level.Confidence() < 0.999 &&
			off > 0.25+0.001*math.Sqrt(count) {
			t.Fatalf("%v, exact %v", got, exact)
		}
	})
}

// Coverage of both, worked out and not simulated: the chance, by the Poisson distribution, that the interval of the
// count holds the mean. Exact intervals never fall short of 95%; Byar's may by 0.3%.
func TestCountIntervalsCover(t *testing.T) {
	for _, mean := range []float64{0.5, 1, 3, 7.3, 10, 15.5, 30, 62, 120.7} {
		exact, used := 0.0, 0.0
		for x := 0.0; x < mean+20*math.Sqrt(mean)+20; x++ {
			logGamma, _ := math.Lgamma(x + 1)
			p := math.Exp(x*math.Log(mean) - mean - logGamma)
			if i, _ := stats.ExactCount(x, stats.Confidence95); i.Contains(mean) {
				exact += p
			}
			if i, _ := stats.CountInterval(x, stats.Confidence95); i.Contains(mean) {
				used += p
			}
		}
		if exact < 0.95 || used < 0.947 {
			t.Errorf("mean %g: exact covers %.4f, the one used %.4f", mean, exact, used)
		}
	}
}
