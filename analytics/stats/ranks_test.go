package stats_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"yardstick/analytics/stats"
)

func mustRanks(t rapid.TB, estimates []stats.Estimate, r stats.Ranking, seed uint64) []stats.RankInterval {
	t.Helper()
	ranks, err := stats.Ranks(estimates, r, rand.New(rand.NewPCG(seed, 0)))
	if err != nil {
		t.Fatal(err)
	}
	return ranks
}

// areas is synthetic: k areas of 14 to 90 cases with proportions around 60%.
func areas(t testing.TB, k int) []stats.Estimate {
	random := rand.New(rand.NewPCG(3, 4))
	var estimates []stats.Estimate
	for range k {
		n := 14 + random.IntN(77)
		x := 0
		for range n {
			if random.Float64() < 0.6 {
				x++
			}
		}
		estimates = append(estimates, mustEstimate(t, float64(x), float64(n)))
	}
	return estimates
}

func TestRanksOfFour(t *testing.T) {
	var estimates []stats.Estimate
	for _, x := range []float64{45, 35, 33, 20} {
		estimates = append(estimates, mustEstimate(t, x, 50))
	}
	got := mustRanks(t, estimates, stats.Ranking{Simulations: 20_000, Level: stats.Confidence95, First: 1}, 1)
	for i, want := range []stats.RankInterval{{Median: 1, Lower: 1, Upper: 1}, {Median: 2, Lower: 2, Upper: 3},
		{Median: 3, Lower: 2, Upper: 3}, {Median: 4, Lower: 4, Upper: 4}} {
		got := got[i]
		first := got.AmongFirst
		if got.AmongFirst = 0; got != want {
			t.Errorf("estimate %d has %v, want %v", i, got, want)
		}
		if (i == 0) != (first > 0.9) {
			t.Errorf("estimate %d is the first with probability %g", i, first)
		}
	}
}

// The higher of two shares is the first with the probability that the integral over their distributions gives.
func TestRanksOfTwoAreThoseOfTheIntegral(t *testing.T) {
	low, high := distuv.Beta{Alpha: 20.5, Beta: 30.5}, distuv.Beta{Alpha: 24.5, Beta: 26.5}
	const parts = 10_000
	want := 0.0
	for i := range parts {
		p := (float64(i) + 0.5) / parts
		want += high.Prob(p) * low.CDF(p) / parts
	}
	const simulations = 100_000
	got := mustRanks(t, []stats.Estimate{mustEstimate(t, 20, 50), mustEstimate(t, 24, 50)},
		stats.Ranking{Simulations: simulations, Level: stats.Confidence95, First: 1}, 1)
	if math.Abs(got[1].AmongFirst-want) > 4*math.Sqrt(want*(1-want)/simulations)+0.0005 {
		t.Errorf("the higher is first with probability %g, want %g", got[1].AmongFirst, want)
	}
}

// Twenty areas of which nothing tells them apart have every rank.
func TestRanksOfAlikeAreAnything(t *testing.T) {
	estimates := slices.Repeat([]stats.Estimate{mustEstimate(t, 12, 20)}, 20)
	for _, r := range mustRanks(t, estimates, stats.Ranking{Simulations: 20_000, Level: stats.Confidence95, First: 5}, 1) {
		if r.Lower != 1 || r.Upper != 20 || math.Abs(r.Median-10.5) > 1 || math.Abs(r.AmongFirst-0.25) > 0.02 {
			t.Errorf("%+v, want anything from 1 to 20", r)
		}
	}
}

func TestRanksRefuse(t *testing.T) {
	one := []stats.Estimate{mustEstimate(t, 1, 2)}
	good := stats.Ranking{Simulations: 10, Level: stats.Confidence95, First: 1}
	for _, c := range []struct {
		name      string
		estimates []stats.Estimate
		change    func(*stats.Ranking)
		want      error
	}{
		{"nothing", nil, func(*stats.Ranking) {}, stats.ErrEmpty},
		{"no simulations", one, func(r *stats.Ranking) { r.Simulations = 0 }, stats.ErrSimulations},
		{"no level chosen", one, func(r *stats.Ranking) { r.Level = stats.Level{} }, stats.ErrLevel},
		{"first two of one", one, func(r *stats.Ranking) { r.First = 2 }, stats.ErrFirst},
		{"first of less than none", one, func(r *stats.Ranking) { r.First = -1 }, stats.ErrFirst},
		{"an estimate of nothing", []stats.Estimate{{}}, func(*stats.Ranking) {}, stats.ErrCases},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := good
			c.change(&r)
			if got, err := stats.Ranks(c.estimates, r, rand.New(rand.NewPCG(1, 1))); !errors.Is(err, c.want) ||
				got != nil {
				t.Errorf("%v, error %v, want %v", got, err, c.want)
			}
		})
	}
	if _, err := stats.ProportionEstimate(3, 2); !errors.Is(err, stats.ErrSuccesses) {
		t.Errorf("3 in 2: error %v, want ErrSuccesses", err)
	}
}

func TestRanksProperties(t *testing.T) {
	draw := func(t *rapid.T) []stats.Estimate {
		samples := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) sample {
			n := rapid.IntRange(1, 200).Draw(t, "n")
			return sample{float64(rapid.IntRange(0, n).Draw(t, "x")), float64(n)}
		}), 1, 12, func(s sample) sample { return s }).Draw(t, "samples")
		var estimates []stats.Estimate
		for _, s := range samples {
			estimates = append(estimates, mustEstimate(t, s.x, s.n))
		}
		return estimates
	}
	ranking := func(t *rapid.T, k int) stats.Ranking {
		return stats.Ranking{
			Simulations: rapid.IntRange(1, 200).Draw(t, "simulations"),
			Level:       stats.Confidence95,
			First:       rapid.IntRange(0, k).Draw(t, "first"),
		}
	}
	seeds := rapid.Uint64()

	t.Run("the same seed gives the same, in whatever order", rapid.MakeCheck(func(t *rapid.T) {
		estimates, seed := draw(t), seeds.Draw(t, "seed")
		r := ranking(t, len(estimates))
		got := mustRanks(t, estimates, r, seed)
		if again := mustRanks(t, estimates, r, seed); !slices.Equal(got, again) {
			t.Fatalf("%v and %v", got, again)
		}
		shuffled := rapid.Permutation(estimates).Draw(t, "shuffled")
		for i, interval := range mustRanks(t, shuffled, r, seed) {
			if want := got[slices.Index(estimates, shuffled[i])]; interval != want {
				t.Fatalf("%v in one order, %v in another", want, interval)
			}
		}
	}))
	t.Run("lowest first mirrors highest first", rapid.MakeCheck(func(t *rapid.T) {
		estimates, seed := draw(t), seeds.Draw(t, "seed")
		k := len(estimates)
		r := ranking(t, k)
		high := mustRanks(t, estimates, r, seed)
		r.LowestFirst, r.First = true, k-r.First
		for i, low := range mustRanks(t, estimates, r, seed) {
			if low.Lower != k+1-high[i].Upper || low.Upper != k+1-high[i].Lower ||
				low.Median != float64(k+1)-high[i].Median ||
				math.Abs(low.AmongFirst+high[i].AmongFirst-1) > 1e-9 {
				t.Fatalf("%v of %d lowest first, %v highest first", low, k, high[i])
			}
		}
	}))
	t.Run("ranks are of all, and as many are first as there is room for", rapid.MakeCheck(func(t *rapid.T) {
		estimates := draw(t)
		r := ranking(t, len(estimates))
		sum := 0.0
		for _, got := range mustRanks(t, estimates, r, seeds.Draw(t, "seed")) {
			sum += got.AmongFirst
			if got.Lower < 1 || got.Upper > len(estimates) || float64(got.Lower) > got.Median ||
				got.Median > float64(got.Upper) {
				t.Fatalf("%v of %d", got, len(estimates))
			}
		}
		if math.Abs(sum-float64(r.First)) > 1e-9 {
			t.Fatalf("%g are among the first %d", sum, r.First)
		}
	}))
	t.Run("an interval leaves out as much as it may", rapid.MakeCheck(func(t *rapid.T) {
		estimates, seed := draw(t), seeds.Draw(t, "seed")
		r := stats.Ranking{Simulations: 4 * rapid.IntRange(1, 20).Draw(t, "quarters"), Level: mustLevel(t, 0.5)}
		i := rapid.IntRange(0, len(estimates)-1).Draw(t, "i")
		upTo := func(first int) float64 {
			r.First = first
			return mustRanks(t, estimates, r, seed)[i].AmongFirst
		}
		got := mustRanks(t, estimates, r, seed)[i]
		before, with := upTo(got.Lower-1), upTo(got.Lower)
		after, withLast := 1-upTo(got.Upper), 1-upTo(got.Upper-1)
		if quarter := 0.25 + 1e-9; before > quarter || after > quarter || with < quarter || withLast < quarter {
			t.Fatalf("%+v: %g before it, %g with its first, %g after it, %g with its last", got, before, with, after,
				withLast)
		}
	}))
	t.Run("intervals widen with the level", rapid.MakeCheck(func(t *rapid.T) {
		estimates, seed := draw(t), seeds.Draw(t, "seed")
		r := ranking(t, len(estimates))
		inner := mustRanks(t, estimates, r, seed)
		r.Level = stats.Confidence998
		for i, outer := range mustRanks(t, estimates, r, seed) {
			if outer.Lower > inner[i].Lower || outer.Upper < inner[i].Upper {
				t.Fatalf("%v at 99.8%%, %v at 95%%", outer, inner[i])
			}
		}
	}))
}

func FuzzRanks(f *testing.F) {
	f.Add(3.0, 20.0, 0.4, 1.0, uint64(1))
	f.Add(0.0, 1e-9, 1e-300, 1e-300, uint64(2))
	f.Add(5e29, 1e30, 1e306, 1e307, uint64(3))
	f.Add(5.0, math.MaxFloat64, math.MaxFloat64, math.MaxFloat64, uint64(4))
	f.Add(1.0, 1.0, 0.0, 5e-324, uint64(5))
	f.Fuzz(func(t *testing.T, x, n, y, m float64, seed uint64) {
		a, errA := stats.ProportionEstimate(x, n)
		b, errB := stats.ProportionEstimate(y, m)
		if errA != nil || errB != nil {
			return
		}
		estimates := []stats.Estimate{a, b, b}
		sum := 0.0
		for _, got := range mustRanks(t, estimates, stats.Ranking{Simulations: 20, Level: stats.Confidence95, First: 1},
			seed) {
			sum += got.AmongFirst
			if got.Lower < 1 || got.Upper > 3 ||
				!(float64(got.Lower) <= got.Median && got.Median <= float64(got.Upper)) {
				t.Fatalf("%+v", got)
			}
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Fatalf("the first is one of them with probability %g", sum)
		}
	})
}

// Memory does not grow with the number of simulations.
func TestRanksAllocateOnce(t *testing.T) {
	estimates := areas(t, 30)
	count := func(simulations int) float64 {
		return testing.AllocsPerRun(3, func() {
			mustRanks(t, estimates, stats.Ranking{Simulations: simulations, Level: stats.Confidence95}, 1)
		})
	}
	if few, many := count(10), count(5000); many > few {
		t.Errorf("%g allocations for 10 simulations, %g for 5000", few, many)
	}
}

func BenchmarkRanks(b *testing.B) {
	estimates := areas(b, 160)
	r := stats.Ranking{Simulations: 10_000, Level: stats.Confidence95, First: 10}
	b.ReportAllocs()
	for b.Loop() {
		mustRanks(b, estimates, r, 1)
	}
}
