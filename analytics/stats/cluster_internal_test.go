package stats

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// The quantile of Student's t agrees with gonum's to six decimals.
func TestStudentQuantile(t *testing.T) {
	for _, level := range []Level{Confidence95, Confidence998} {
		for _, degrees := range []float64{9, 10.5, 19, 71, 500} {
			want := distuv.StudentsT{Sigma: 1, Nu: degrees}.Quantile((1 + level.Confidence()) / 2)
			if got := studentQuantile(level.Z(), degrees); math.Abs(got-want) > 1e-6 {
				t.Errorf("%v with %v degrees: %v, want %v", level, degrees, got, want)
			}
		}
	}
}

// BenchmarkStudentQuantile times the quantile beside gonum's own..
func BenchmarkStudentQuantile(b *testing.B) {
	z := Confidence95.Z()
	b.Run("own", func(b *testing.B) {
		for b.Loop() {
			studentQuantile(z, 71)
		}
	})
	b.Run("gonum", func(b *testing.B) {
		for b.Loop() {
			distuv.StudentsT{Sigma: 1, Nu: 71}.Quantile(0.975)
		}
	})
}
