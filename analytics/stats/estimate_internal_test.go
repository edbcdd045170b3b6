package stats

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// The distribution that proportions are drawn from is Beta(x+½, n-x+½): by R's
// qbeta, to a small part of its standard deviation.
func TestQuantilesOfProportions(t *testing.T) {
	f, err := os.Open("testdata/reference/beta.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil || len(lines) != 1001 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	knots := make([]float64, cells+1)
	for _, line := range lines[1:] {
		var numbers [7]float64
		for i, cell := range line {
			if numbers[i], err = strconv.ParseFloat(cell, 64); err != nil {
				t.Fatal(err)
			}
		}
		x, n := numbers[0], numbers[1]
		e, err := ProportionEstimate(x, n)
		if err != nil {
			t.Fatal(err)
		}
		e.quantiles(knots)
		deviation := distuv.Beta{Alpha: x + 0.5, Beta: n - x + 0.5}.StdDev()
		for i, p := range []float64{0.025, 0.25, 0.5, 0.75, 0.975} {
			if got := drawn(knots, p); math.Abs(got-numbers[2+i]) > 0.02*deviation {
				t.Errorf("%g of %g: quantile at %g is %g, R has %g; the standard deviation is %g", x, n, p, got,
					numbers[2+i], deviation)
			}
		}
	}
}

// drawn is the value below which draws through knots fall with probability p.
func drawn(knots []float64, p float64) float64 {
	whole, part := math.Modf(p * cells)
	return knots[int(whole)] + part*(knots[int(whole)+1]-knots[int(whole)])
}

func TestSorter(t *testing.T) {
	knots := []float64{-3, 0, 9}
	s := newSorter(knots, 5)
	for _, values := range [][]float64{{1, 2, 3, 4, 5}, {9, 8, -3, 7, 0}, {2, 2.0001, 2, 1.9999, 9}, {4, 4, 4, 4, 4}} {
		order := s.sort(values)
		seen := make(map[int32]bool)
		for i, at := range order {
			seen[at] = true
			if i > 0 && values[order[i-1]] > values[at] {
				t.Errorf("%v in the order %v", values, order)
			}
		}
		if len(seen) != len(values) {
			t.Errorf("%v in the order %v", values, order)
		}
	}
}
