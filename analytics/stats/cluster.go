package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

const (
	// MinClusters is the least number of clusters for which ClusterSums gives an interval.
	MinClusters = 10

	// The correlation within clusters is estimated badly by few clusters. priorCorrelation steadies it with the weight
	// of priorClusters clusters and adds priorDegrees to the degrees of freedom. The three were chosen by simulation:
	// docs/decisions/0036-intervals-of-scores.md.
	priorCorrelation = 0.25
	priorClusters    = 5
	priorDegrees     = 10
)

// ClusterSums describes a share whose trials come in clusters, such as the judgements of one case. It holds sums over
// clusters with at least one trial, all whole numbers, so neither order nor grouping of additions changes a result.
// The zero value holds no cluster.
type ClusterSums struct {
	Clusters  int64
	Successes int64 // Σx, x being the successes of a cluster
	Trials    int64 // Σn, n being the trials of a cluster
	XX        int64 // Σx²
	XN        int64 // Σxn
	NN        int64 // Σn²
}

// Add adds a cluster. A cluster without a trial adds nothing.
func (s *ClusterSums) Add(successes, trials int64) {
	if trials == 0 {
		return
	}
	s.Clusters++
	s.Successes += successes
	s.Trials += trials
	s.XX += successes * successes
	s.XN += successes * trials
	s.NN += trials * trials
}

// ClusterEstimate is the interval of a share over clusters, limits as fractions from 0 to 1, and what it rests on.
// DesignEffect is how many times the variance exceeds that of as many independent trials, at least 1. Effective is the
// number of independent trials that would say as much: trials over design effect, at least m of Interval.
type ClusterEstimate struct {
	Interval
	DesignEffect float64
	Effective    float64
}

// Interval returns the interval of Σx/Σn. It takes three steps:
//
//  1. The linearised variance of a ratio of totals, Σ(x-pn)²/(Σn)² · m/(m-1), gives a correlation within clusters.
//     m is (Σn)²/Σn², the number of clusters, or fewer where a few hold most of the trials.
//  2. That correlation is averaged with 0.25, which counts for 5 clusters. Its own weight is 4p(1-p)m: clusters that
//     are nearly all successes say little of how trials go together. The result sets design effect and effective size.
//  3. The limits are Wilson's on the effective size, with Student's t on m-1+10 degrees of freedom in place of z. Where
//     all or no trials succeeded, they are those of Clopper and Pearson on the effective size.
//
// It fails with ErrCases for no trial, with ErrTooFew below MinClusters clusters, or with ErrLevel. The interval covers
// chance in the choice of clusters. Anything that all clusters share, such as who judged them, is not in it.
//
// Sources: W. G. Cochran (1977), Sampling Techniques, third edition, section 2.11; E. L. Korn and B. I. Graubard
// (1998), Survey Methodology 24:193-201; N. Dean and M. Pagano (2015), Journal of Survey Statistics and Methodology
// 3:484-503.
func (s ClusterSums) Interval(level Level) (ClusterEstimate, error) {
	if err := s.check(level); err != nil {
		return ClusterEstimate{}, fmt.Errorf("interval of %d in %d over %d clusters: %w", s.Successes, s.Trials,
			s.Clusters, err)
	}
	trials := float64(s.Trials)
	p := float64(s.Successes) / trials
	size := float64(s.NN) / trials // mean size of a trial's cluster
	clusters := trials / size      // m
	weight := 4 * p * (1 - p) * clusters
	correlation := (weight*s.correlation(p, size, clusters) + priorClusters*priorCorrelation) / (weight + priorClusters)

	e := ClusterEstimate{DesignEffect: 1 + (size-1)*correlation}
	e.Effective = trials / e.DesignEffect
	tail := (1 - level.Confidence()) / 2
	switch s.Successes {
	case 0:
		e.Interval = Interval{Lower: 0, Upper: 1 - math.Pow(tail, 1/e.Effective)}
	case s.Trials:
		e.Interval = Interval{Lower: math.Pow(tail, 1/e.Effective), Upper: 1}
	default:
		e.Interval = wilson(p*e.Effective, e.Effective, studentQuantile(level.Z(), clusters-1+priorDegrees))
	}
	return e, nil
}

// correlation returns the correlation within clusters that the variance over clusters implies, from 0 to 1.
func (s ClusterSums) correlation(p, size, clusters float64) float64 {
	independent := p * (1 - p) * float64(s.Trials)
	if size <= 1 || clusters <= 1 || independent == 0 {
		return 0
	}
	squares := float64(s.XX) - 2*p*float64(s.XN) + p*p*float64(s.NN)
	effect := squares * clusters / (clusters - 1) / independent
	return min(max((effect-1)/(size-1), 0), 1)
}

func (s ClusterSums) check(level Level) error {
	switch {
	case s.Trials <= 0:
		return ErrCases
	case s.Successes < 0 || s.Successes > s.Trials:
		return ErrSuccesses
	case s.Clusters < MinClusters:
		return fmt.Errorf("fewer than %d clusters: %w", MinClusters, ErrTooFew)
	}
	return level.check()
}

// studentQuantile returns the quantile of Student's t that the normal quantile z corresponds to, for 9 degrees of
// freedom or more: the asymptotic expansion in 1/degrees, then one step of Newton's method. gonum's own search for the
// quantile takes thirty times as long, which is more than scoring an inspection.
//
// Source: M. Abramowitz and I. A. Stegun (1964), Handbook of Mathematical Functions, 26.7.5.
func studentQuantile(z, degrees float64) float64 {
	if math.IsInf(z, 1) {
		return z
	}
	z2 := z * z
	terms := [...]float64{
		z,
		z * (z2 + 1) / 4,
		z * ((5*z2+16)*z2 + 3) / 96,
		z * (((3*z2+19)*z2+17)*z2 - 15) / 384,
		z * ((((79*z2+776)*z2+1482)*z2-1920)*z2 - 945) / 92160,
	}
	t := 0.0
	for n := len(terms) - 1; n >= 0; n-- {
		t = t/degrees + terms[n]
	}
	student := distuv.StudentsT{Sigma: 1, Nu: degrees}
	return t - (student.CDF(t)-distuv.UnitNormal.CDF(z))/student.Prob(t)
}
