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

// cluster is one case: its successes and its trials.
type cluster struct{ successes, trials int64 }

func sums(clusters []cluster) stats.ClusterSums {
	var s stats.ClusterSums
	for _, c := range clusters {
		s.Add(c.successes, c.trials)
	}
	return s
}

// Of one trial a cluster nothing goes together: the design effect is 1, and the limits are Wilson's with Student's t on
// 62-1+10 degrees of freedom, 1.993943 in tables of the distribution, where z would be 1.959964.
func TestClustersOfOneTrial(t *testing.T) {
	clusters := make([]cluster, 62)
	for i := range clusters {
		clusters[i] = cluster{successes: int64(i % 4 / 3), trials: 1}
	}
	e, err := sums(clusters).Interval(stats.Confidence95)
	if err != nil {
		t.Fatal(err)
	}
	const n, p, q = 62, 15.0 / 62, 1.993943
	half := q / (1 + q*q/n) * math.Sqrt(p*(1-p)/n+q*q/(4*n*n))
	centre := (p + q*q/(2*n)) / (1 + q*q/n)
	if e.DesignEffect != 1 || e.Effective != n || math.Abs(e.Lower-(centre-half)) > 1e-6 ||
		math.Abs(e.Upper-(centre+half)) > 1e-6 {
		t.Errorf("%+v, want %v to %v", e, centre-half, centre+half)
	}
}

// Ten clusters of four trials, worked by hand: five all successes, five all failures. The variance over clusters is
// that of ten trials times 10/9, a correlation of (40/9-1)/3, cut to 1. Its weight is 10, that of 0.25 is 5:
// 11.25/15.
func TestClustersWorkedByHand(t *testing.T) {
	var clusters []cluster
	for range 5 {
		clusters = append(clusters, cluster{4, 4}, cluster{0, 4})
	}
	e, err := sums(clusters).Interval(stats.Confidence95)
	if want := 1 + 3*11.25/15; err != nil || math.Abs(e.DesignEffect-want) > 1e-12 ||
		math.Abs(e.Effective-40/want) > 1e-12 {
		t.Errorf("%+v, %v, want a design effect of %v", e, err, want)
	}
	if math.Abs(e.Lower+e.Upper-1) > 1e-12 {
		t.Errorf("%+v is not symmetric", e)
	}
}

// Where all trials succeeded, the lower limit is that of Clopper and Pearson, 0.025^(1/n), on the effective size: of 20
// clusters of four that is 80/1.75.
func TestClustersAllOrNone(t *testing.T) {
	all, none := make([]cluster, 20), make([]cluster, 20)
	for i := range all {
		all[i], none[i] = cluster{4, 4}, cluster{0, 4}
	}
	e, err := sums(all).Interval(stats.Confidence95)
	if want := math.Pow(0.025, 1.75/80); err != nil || e.Upper != 1 || math.Abs(e.Lower-want) > 1e-12 {
		t.Errorf("all: %+v, %v, want from %v", e, err, want)
	}
	other, err := sums(none).Interval(stats.Confidence95)
	if err != nil || other.Lower != 0 || math.Abs(other.Upper-(1-e.Lower)) > 1e-12 {
		t.Errorf("none: %+v, %v", other, err)
	}
}

func TestClustersRefused(t *testing.T) {
	nine := make([]cluster, 9)
	for i := range nine {
		nine[i] = cluster{int64(i % 2), 3}
	}
	for name, c := range map[string]struct {
		clusters []cluster
		level    stats.Level
		want     error
	}{
		"nothing":                     {nil, stats.Confidence95, stats.ErrCases},
		"nine":                        {nine, stats.Confidence95, stats.ErrTooFew},
		"nine and one without trials": {append(slices.Clone(nine), cluster{}), stats.Confidence95, stats.ErrTooFew},
		"more successes than trials":  {[]cluster{{2, 1}}, stats.Confidence95, stats.ErrSuccesses},
		"no level":                    {append(slices.Clone(nine), cluster{1, 1}), stats.Level{}, stats.ErrLevel},
	} {
		if _, err := sums(c.clusters).Interval(c.level); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The interval holds the share and lies within 0 to 1; order and a swap of successes and failures change nothing else;
// trials that say the same within every cluster do not count as more knowledge than the clusters bring.
func TestClusterProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawn := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) cluster {
			n := rapid.Int64Range(1, 30).Draw(t, "trials")
			return cluster{rapid.Int64Range(0, n).Draw(t, "successes"), n}
		}), stats.MinClusters, 60).Draw(t, "clusters")
		s := sums(drawn)
		e, err := s.Interval(stats.Confidence95)
		if err != nil {
			t.Fatal(err)
		}
		p := float64(s.Successes) / float64(s.Trials)
		if !e.Contains(p) || e.Lower < 0 || e.Upper > 1 || e.DesignEffect < 1 || e.Effective > float64(s.Trials) {
			t.Fatalf("%+v of %v", e, p)
		}
		wide, err := s.Interval(stats.Confidence998)
		if err != nil || wide.Lower > e.Lower || wide.Upper < e.Upper {
			t.Fatalf("99.8%% %+v within 95%% %+v", wide, e)
		}
		slices.Reverse(drawn)
		if again, _ := sums(drawn).Interval(stats.Confidence95); again != e {
			t.Fatalf("%+v in another order", again)
		}
		for i, c := range drawn {
			drawn[i].successes = c.trials - c.successes
		}
		swapped, _ := sums(drawn).Interval(stats.Confidence95)
		if math.Abs(swapped.Lower+e.Upper-1) > 1e-9 || math.Abs(swapped.Upper+e.Lower-1) > 1e-9 {
			t.Fatalf("failures %+v, successes %+v", swapped, e)
		}
	})
}

// inspection draws the cases of one made-up inspection.
type inspection struct {
	name       string
	cases      int
	questions  int
	applicable float64 // chance that a question applies to a case
	share      float64
	icc        float64 // correlation of two judgements of one case, without assessors
	assessors  int     // who each judge as many cases, with a leaning of their own; 0 for none
	leaning    float64 // standard deviation of a leaning, in logits
}

// inspections are the scenarios in which coverage is measured. Fewer than MinClusters cases, and assessors who lean,
// are among them to show what the interval does not do.
func inspections() []inspection {
	return []inspection{
		{name: "20 questions, 62 cases", cases: 62, questions: 20, applicable: 1, share: .69, icc: .30},
		{name: "8 questions, half applicable", cases: 62, questions: 8, applicable: .5, share: .69, icc: .30},
		{name: "10 questions, 38 cases, 63%", cases: 38, questions: 10, applicable: 1, share: .63, icc: .30},
		{name: "20 questions, 90%", cases: 62, questions: 20, applicable: 1, share: .90, icc: .30},
		{name: "1 question, 69%", cases: 62, questions: 1, applicable: 1, share: .69, icc: .30},
		{name: "1 question, 90%", cases: 62, questions: 1, applicable: 1, share: .90, icc: .30},
		{name: "6 questions, 12 cases", cases: 12, questions: 6, applicable: 1, share: .69, icc: .30},
		{name: "3 questions, 24 cases, ICC .60", cases: 24, questions: 3, applicable: 1, share: .69, icc: .60},
		{name: "4 questions, 20 cases, 95%", cases: 20, questions: 4, applicable: 1, share: .95, icc: .30},
		{name: "10 questions, 10 cases", cases: 10, questions: 10, applicable: 1, share: .69, icc: .30},
		{name: "10 questions, 8 cases", cases: 8, questions: 10, applicable: 1, share: .69, icc: .30},
		{name: "10 questions, 5 cases", cases: 5, questions: 10, applicable: 1, share: .69, icc: .30},
		{name: "10 questions, 3 cases", cases: 3, questions: 10, applicable: 1, share: .69, icc: .30},
		{
			name:       "4 assessors who lean",
			cases:      62,
			questions:  20,
			applicable: 1,
			share:      .69,
			icc:        .05,
			assessors:  4,
			leaning:    .5,
		},
	}
}

// quality draws the chance that a judgement of one case is sufficient.
type quality func() float64

// beta draws qualities from a beta distribution.
func (i inspection) beta(random *rand.Rand) quality {
	b := distuv.Beta{Alpha: i.share * (1 - i.icc) / i.icc, Beta: (1 - i.share) * (1 - i.icc) / i.icc, Src: random}
	return b.Rand
}

// logitNormal draws qualities whose log odds are normal, with the same mean and correlation.
func (i inspection) logitNormal(random *rand.Rand) quality {
	moments := func(mean, deviation float64) (share, icc float64) {
		total, first, second := 0.0, 0.0, 0.0
		for z := -6.0; z <= 6; z += 0.05 {
			density, q := math.Exp(-z*z/2), logistic(mean+deviation*z)
			total, first, second = total+density, first+density*q, second+density*q*q
		}
		share = first / total
		return share, (second/total - share*share) / (share * (1 - share))
	}
	meanFor := func(deviation float64) float64 {
		return bisect(-30, 30, func(mean float64) bool { share, _ := moments(mean, deviation); return share < i.share })
	}
	deviation := bisect(0, 8, func(deviation float64) bool {
		_, icc := moments(meanFor(deviation), deviation)
		return icc < i.icc
	})
	mean := meanFor(deviation)
	return func() float64 { return logistic(mean + deviation*random.NormFloat64()) }
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// bisect returns where below stops being true.
func bisect(from, to float64, below func(float64) bool) float64 {
	for range 40 {
		if middle := (from + to) / 2; below(middle) {
			from = middle
		} else {
			to = middle
		}
	}
	return from
}

// draw returns the cases of one inspection.
func (i inspection) draw(random *rand.Rand, drawn quality) stats.ClusterSums {
	leanings := make([]float64, max(i.assessors, 1))
	for n := range leanings {
		leanings[n] = i.leaning * random.NormFloat64()
	}
	var s stats.ClusterSums
	for n := range i.cases {
		q := drawn()
		if i.leaning > 0 {
			q = logistic(math.Log(q/(1-q)) + leanings[n%len(leanings)])
		}
		var c cluster
		for range i.questions {
			if random.Float64() >= i.applicable {
				continue
			}
			c.trials++
			if random.Float64() < q {
				c.successes++
			}
		}
		s.Add(c.successes, c.trials)
	}
	return s
}

// cover returns how many percent of intervals cover the true share, of those that are given, how wide these are on
// average in points, and how many percent of inspections have none.
func (i inspection) cover(inspections int, random *rand.Rand, drawn quality) (covered, width, refused float64) {
	given := 0.0
	for range inspections {
		e, err := i.draw(random, drawn).Interval(stats.Confidence95)
		if errors.Is(err, stats.ErrTooFew) {
			refused++
			continue
		}
		given++
		width += e.Upper - e.Lower
		if e.Contains(i.share) {
			covered++
		}
	}
	return 100 * covered / given, 100 * width / given, 100 * refused / float64(inspections)
}

// Coverage lies between 93% and 97% where few cases, few judgements a case or a share near 100% make it hardest.
// With 4,000 inspections a scenario, it is measured to 0.4 points.
func TestClusterCoverage(t *testing.T) {
	for _, i := range inspections() {
		switch i.name {
		case "20 questions, 62 cases",
			"6 questions, 12 cases",
			"4 questions, 20 cases, 95%",
			"10 questions, 10 cases":
			random := rand.New(rand.NewPCG(36, 1))
			covered, width, refused := i.cover(4000, random, i.beta(random))
			if covered < 93 || covered > 97 || refused > 0 {
				t.Errorf("%s: %.1f%% covered, %.1f points wide, %.1f%% without an interval", i.name, covered, width,
					refused)
			}
		case "10 questions, 8 cases":
			random := rand.New(rand.NewPCG(36, 2))
			if _, _, refused := i.cover(10, random, i.beta(random)); refused != 100 {
				t.Errorf("%s: an interval in %.0f%%", i.name, 100-refused)
			}
		}
	}
}

// BenchmarkClusterCoverage measures coverage in every scenario, 2,000 inspections an iteration, with two distributions
// of the quality of cases.
func BenchmarkClusterCoverage(b *testing.B) {
	for _, i := range inspections() {
		for name, of := range map[string]func(*rand.Rand) quality{"beta": i.beta, "logit-normal": i.logitNormal} {
			b.Run(i.name+"/"+name, func(b *testing.B) {
				random := rand.New(rand.NewPCG(36, 3))
				drawn := of(random)
				covered, width, refused := 0.0, 0.0, 0.0
				for b.Loop() {
					c, w, r := i.cover(2000, random, drawn)
					covered, width, refused = covered+c, width+w, refused+r
				}
				b.ReportMetric(covered/float64(b.N), "%-covered")
				b.ReportMetric(width/float64(b.N), "points-wide")
				b.ReportMetric(refused/float64(b.N), "%-without")
			})
		}
	}
}
