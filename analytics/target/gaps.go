package target

import (
	"cmp"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Gap is a figure that an area apart lacks.
type Gap struct {
	Criterion Criterion
	Absent    Absence
	// Value is how much the probability that the area is among those of most concern would change on average if the figure
	// were known: 0 changes nothing, and more is more worth finding out.
	Value float64
}

// worth is the value of an area's most valuable gap.
func (s Standing) worth() float64 {
	worth := 0.0
	for _, g := range s.Gaps {
		worth = max(worth, g.Value)
	}
	return worth
}

// parts is how many equally likely parts the values of an unknown figure fall into.
const parts = 10

// partEnds are the standard scores that the parts end at, all but the last.
var partEnds = func() (out [parts - 1]float32) {
	for n := range out {
		out[n] = float32(distuv.UnitNormal.Quantile(float64(n+1) / parts))
	}
	return out
}()

// gaps gives every area apart what it lacks, with the value of knowing it. cuts are the composites of the last of
// the areas of most concern in each draw: an area is among these where it comes before.
func (e *evidence) gaps(all []Standing, shares []float64, certainty float64, cuts []float64) {
	var apart []int
	for i, s := range all {
		if s.Apart != "" {
			apart = append(apart, i)
		}
	}
	own := e.composites(apart, shares, certainty, len(cuts))
	among := make([]bool, len(cuts))
	for n, i := range apart {
		s, count := &all[i], 0
		for d, cut := range cuts {
			if among[d] = own[d*len(apart)+n] >= cut; among[d] {
				count++
			}
		}
		if len(cuts) > 0 && s.Known < leastKnown {
			s.Probability = float64(count) / float64(len(cuts))
		}
		for k, in := range s.Inputs {
			if in.Figure != nil || shares[k] == 0 && in.Criterion != LastResult {
				continue
			}
			g := Gap{Criterion: in.Criterion, Absent: in.Absent}
			if shares[k] > 0 {
				g.Value = e.valueOf(k, i, among, count)
			}
			s.Gaps = append(s.Gaps, g)
		}
		slices.SortStableFunc(s.Gaps, func(a, b Gap) int { return cmp.Compare(b.Value, a.Value) })
	}
}

// valueOf is the mean change of the probability of being among those of most concern over the parts of a figure's
// values.
func (e *evidence) valueOf(k, i int, among []bool, count int) float64 {
	var n, in [parts]int
	areas := len(e.reader.areas)
	for d := range among {
		part := 0
		for x := e.values[k][d*areas+i]; part < parts-1 && x > partEnds[part]; part++ {
		}
		n[part]++
		if among[d] {
			in[part]++
		}
	}
	mean, value := float64(count)/float64(max(len(among), 1)), 0.0
	for part := range n {
		if n[part] > 0 {
			change := float64(in[part])/float64(n[part]) - mean
			value += max(change, -change) * float64(n[part]) / float64(len(among))
		}
	}
	return value
}

// lastOfFirst is the lowest of the highest values, as many as there is room for in top.
func lastOfFirst(values, top []float64) float64 {
	copy(top, values)
	slices.Sort(top)
	for _, x := range values[len(top):] {
		if x <= top[0] {
			continue
		}
		n := 1
		for ; n < len(top) && top[n] < x; n++ {
			top[n-1] = top[n]
		}
		top[n-1] = x
	}
	return top[0]
}
