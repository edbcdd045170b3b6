package analytics_test

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"yardstick/analytics"
	"yardstick/analytics/stats"
)

// drawnRates draws five years of a rate of children of a population of 20,000, with so many counted a year at first, a
// coefficient of variation from year to year beyond Poisson's, and a change in all of them together as a fraction.
func drawnRates(random *rand.Rand, mean, variation, change float64) []analytics.Observation {
	const population = 20_000
	values := make([]float64, 5)
	for year := range values {
		expected := mean * math.Pow(1+change, float64(year)/4)
		if variation > 0 {
			shape := 1 / (variation * variation)
			expected *= distuv.Gamma{Alpha: shape, Beta: shape, Src: random}.Rand()
		}
		values[year] = distuv.Poisson{Lambda: expected, Src: random}.Rand() * 1000 / population
	}
	return peopled(population, marches(2020, values...))
}

// drawnShares draws five years of a percentage of a cohort, which changes in all of them together as a fraction.
func drawnShares(random *rand.Rand, cohort, cohortChange, share, change float64,
	withCounts bool) []analytics.Observation {
	var points []analytics.Observation
	for year := range 5 {
		n := math.Max(math.Round(cohort*math.Pow(1+cohortChange, float64(year)/4)), 1)
		p := share * math.Pow(1+change, float64(year)/4)
		x := distuv.Binomial{N: n, P: p, Src: random}.Rand()
		o := march(2020+year, math.Round(10_000*x/n)/100)
		if withCounts {
			o.Numerator, o.Denominator = &x, &n
		}
		points = append(points, o)
	}
	return points
}

// trendScenario is a family of areas, of which the first so many change.
type trendScenario struct {
	name    string
	of      analytics.Indicator
	draw    func(random *rand.Rand, changes bool) []analytics.Observation
	changes int
}

// trendFamilies is how many families of a scenario are drawn; make reference draws 60.
var trendFamilies = flag.Int("families", 3, "families of areas to draw of each scenario of trends")

const (
	familySize = 140
	aQuarter   = -0.25
)

func trendScenarios() []trendScenario {
	var all []trendScenario
	rates := func(mean, variation float64) {
		for _, changes := range []int{0, familySize / 3} {
			all = append(all, trendScenario{fmt.Sprintf("rate: %g counted a year, %.0f%% beyond chance", mean,
				100*variation), rate,
				func(random *rand.Rand, change bool) []analytics.Observation {
					return drawnRates(random, mean, variation, map[bool]float64{true: aQuarter}[change])
				}, changes})
		}
	}
	for _, mean := range []float64{10, 30, 100, 300} {
		rates(mean, 0)
		rates(mean, 0.15)
	}
	shares := func(name string, cohort func(*rand.Rand) float64, cohortChange float64, counts bool) {
		for _, changes := range []int{0, familySize / 3} {
			all = append(all, trendScenario{name, share, func(random *rand.Rand, change bool) []analytics.Observation {
				return drawnShares(random, cohort(random), cohortChange, 0.4,
					map[bool]float64{true: aQuarter}[change], counts)
			}, changes})
		}
	}
	mixed := func(random *rand.Rand) float64 { return 80 * math.Exp(0.8*random.NormFloat64()) }
	shares("percentage with counts: 100 children", func(*rand.Rand) float64 { return 100 }, 0, true)
	shares("percentage with counts: 400 children", func(*rand.Rand) float64 { return 400 }, 0, true)
	shares("percentage without counts: 20 to 320 children", mixed, 0, false)
	shares("percentage without counts: the same, falling to half", mixed, -0.5, false)
	return all
}

// trendOutcome is what came of a scenario: shares of the unchanged with p ≤ 5% and called, of the changed likewise,
// and the false ones among those called.
type trendOutcome struct {
	falseAlone, power, powerAlone, falseAmong float64
	anyFalse                                  float64 // families with a false call
}

func (s trendScenario) run(seed uint64, families int) trendOutcome {
	random := rand.New(rand.NewPCG(seed, 7))
	var unchanged, changed, alone, found, foundAlone, anyFalse, falseAmong float64
	for range families {
		series := make([][]analytics.Observation, familySize)
		for n := range series {
			series[n] = s.draw(random, n < s.changes)
		}
		called, wrong := 0.0, 0.0
		for n, got := range s.of.Tendencies(series) {
			small, direction := got.Refusal == "" && got.P <= 0.05, got.Direction == stats.TrendRising ||
				got.Direction == stats.TrendFalling
			switch {
			case n < s.changes:
				changed++
				foundAlone += float64(count(small))
				found += float64(count(direction))
			default:
				unchanged++
				alone += float64(count(small))
				wrong += float64(count(direction))
			}
			called += float64(count(direction))
		}
		if called > 0 {
			falseAmong += wrong / called / float64(families)
		}
		anyFalse += float64(count(wrong > 0)) / float64(families)
	}
	o := trendOutcome{falseAlone: alone / unchanged, falseAmong: falseAmong, anyFalse: anyFalse}
	if changed > 0 {
		o.power, o.powerAlone = found/changed, foundAlone/changed
	}
	return o
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// The levels that the methodology page states: where nothing changes, one test alone finds a trend at most 6 times in
// 100 in every scenario, and of the calls made of many together at most one in twenty is false, within what so few
// simulations show. The table it prints with -v is that of docs/figures.md.
func TestTrendsKeepTheirLevel(t *testing.T) {
	families := *trendFamilies
	t.Logf("%-58s %8s | %10s %8s %8s", "of 140 areas none changes | a third falls by a quarter", "p ≤ .05", "p ≤ .05",
		"called", "false")
	for n, s := range trendScenarios() {
		got := s.run(uint64(n), families)
		tests := float64(families * familySize)
		if limit := 0.06 + 3*math.Sqrt(0.05*0.95/tests); got.falseAlone > limit {
			t.Errorf("%s: %.3f of the unchanged have a p of 0.05 or less", s.name, got.falseAlone)
		}
		if limit := 0.05 + 3*0.3/math.Sqrt(float64(families)); got.falseAmong > limit {
			t.Errorf("%s: %.3f of the calls are false", s.name, got.falseAmong)
		}
		if s.changes == 0 {
			t.Logf("%-58s %8.3f |  families with a call %.2f", s.name, got.falseAlone, got.anyFalse)
		} else {
			t.Logf("%-58s %8.3f | %10.2f %8.2f %8.3f", s.name, got.falseAlone, got.powerAlone, got.power,
				got.falseAmong)
		}
	}
}
