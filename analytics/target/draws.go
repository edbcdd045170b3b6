package target

import (
	"hash/fnv"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Draws is how many joint draws of all areas and criteria answer a question. A probability is then within 0.03 of
// what endless draws would give. Every second draw mirrors the one before it, which makes expected ranks more exact
// than that.
const Draws = 1_000

// evidence is all that the desk knows as of a day, before any weights: the figures, and joint draws of the true
// values behind them, in standard deviations between areas.
type evidence struct {
	reader  reader
	last    []*Last
	columns []column // by the order of Criteria
	draws   int
	values  [][]float32 // by criterion: area i in draw d at d*areas+i; nil where the criterion is not weighed
}

// gather reads the record as of the reader's day and draws. The same record and day give the same draws on any machine.
func gather(r reader, draws int, describe bool) *evidence {
	e := &evidence{reader: r, last: r.last(), draws: draws}
	for _, c := range Criteria() {
		e.columns = append(e.columns, r.read(c, e.last, describe))
	}
	e.draw()
	return e
}

// used are the places, in the order of Criteria, of those that are weighed.
func (e *evidence) used() []int {
	var out []int
	for k, col := range e.columns {
		if col.Used {
			out = append(out, k)
		}
	}
	return out
}

// draw makes joint draws. An area's true values are normal with the correlations between areas as their prior, and
// with what its figures say as evidence. This posterior gives the correlation of the draws and, where the area has
// no figure, their distribution. Where it has one, the draws have the distribution of that criterion's own model.
func (e *evidence) draw() {
	used := e.used()
	e.values = make([][]float32, len(e.columns))
	areas := len(e.reader.areas)
	if len(used) == 0 {
		return
	}
	for _, k := range used {
		e.values[k] = make([]float32, areas*e.draws)
	}
	prior := e.prior(used)
	normals, moved := make([]float64, len(used)), make([]float64, len(used))
	for i, area := range e.reader.areas {
		mean, lower, deviations := posterior(prior, used, e.columns, i)
		tables := make([][]float64, len(used))
		for n, k := range used {
			if m := e.columns[k].margins[i]; m != nil {
				mean[n], deviations[n] = m.mean, math.Sqrt(m.variance)
				if m.quantile != nil {
					tables[n] = tabulate(m.quantile)
				}
			}
		}
		random := rand.New(rand.NewPCG(1, hashOf(area.ID)))
		for d := range e.draws {
			for n := range normals {
				if normals[n] = -normals[n]; d%2 == 0 {
					normals[n] = random.NormFloat64()
				}
			}
			for n := range moved {
				moved[n] = 0
				for m := 0; m <= n; m++ {
					moved[n] += lower[n*len(used)+m] * normals[m]
				}
				x := mean[n] + deviations[n]*moved[n]
				if tables[n] != nil {
					x = lookUp(tables[n], moved[n])
				}
				e.values[used[n]][d*areas+i] = float32(x)
			}
		}
	}
}

// prior is the correlation of true values between areas: that of the posterior means of areas that have both figures.
func (e *evidence) prior(used []int) *mat.SymDense {
	out := mat.NewSymDense(len(used), nil)
	for a, k := range used {
		out.SetSym(a, a, 1)
		for b := range a {
			var x, y []float64
			for i := range e.reader.areas {
				if p, q := e.columns[k].margins[i], e.columns[used[b]].margins[i]; p != nil && q != nil {
					x, y = append(x, p.mean), append(y, q.mean)
				}
			}
			if c := correlation(x, y); len(x) >= 10 && !math.IsNaN(c) {
				out.SetSym(a, b, c)
			}
		}
	}
	// Correlations of different sets of areas need not fit together; they do when drawn towards none.
	var cholesky mat.Cholesky
	for !cholesky.Factorize(out) {
		for a := range used {
			for b := range a {
				out.SetSym(a, b, 0.95*out.At(a, b))
			}
		}
	}
	return out
}

// posterior is an area's joint posterior: the mean, the lower factor of the correlation, by rows, and the deviations.
func posterior(prior *mat.SymDense, used []int, columns []column, i int) (mean, lower, deviations []float64) {
	size := len(used)
	var cholesky mat.Cholesky
	cholesky.Factorize(prior)
	var precision mat.SymDense
	if err := cholesky.InverseTo(&precision); err != nil {
		return independent(size)
	}
	weighed := mat.NewVecDense(size, nil)
	for n, k := range used {
		if m := columns[k].margins[i]; m != nil && m.variance < 1 {
			// A posterior of mean m and variance v under a prior of 0 and 1 is an observation with precision 1/v-1.
			evidence := 1/max(m.variance, 1e-6) - 1
			precision.SetSym(n, n, precision.At(n, n)+evidence)
			weighed.SetVec(n, m.mean/max(m.variance, 1e-6))
		}
	}
	var covariance mat.SymDense
	if !cholesky.Factorize(&precision) || cholesky.InverseTo(&covariance) != nil {
		return independent(size)
	}
	var centre mat.VecDense
	centre.MulVec(&covariance, weighed)
	correlations := mat.NewSymDense(size, nil)
	for a := range size {
		mean, deviations = append(mean, centre.AtVec(a)), append(deviations, math.Sqrt(covariance.At(a, a)))
		for b := range a + 1 {
			correlations.SetSym(a, b, covariance.At(a, b)/math.Sqrt(covariance.At(a, a)*covariance.At(b, b)))
		}
	}
	if !cholesky.Factorize(correlations) {
		return mean, identity(size), deviations
	}
	var factor mat.TriDense
	cholesky.LTo(&factor)
	lower = make([]float64, size*size)
	for a := range size {
		for b := range a + 1 {
			lower[a*size+b] = factor.At(a, b)
		}
	}
	return mean, lower, deviations
}

func independent(size int) (mean, lower, deviations []float64) {
	deviations = make([]float64, size)
	for n := range deviations {
		deviations[n] = 1
	}
	return make([]float64, size), identity(size), deviations
}

func identity(size int) []float64 {
	out := make([]float64, size*size)
	for n := range size {
		out[n*size+n] = 1
	}
	return out
}

// A table holds a distribution's values at normal scores from -tableEnd to tableEnd.
const (
	tableEnd  = 4.0
	tableStep = 0.2
	tableSize = int(2*tableEnd/tableStep) + 1
)

func tabulate(quantile func(p float64) float64) []float64 {
	table := make([]float64, tableSize)
	for n := range table {
		table[n] = quantile(distuv.UnitNormal.CDF(-tableEnd + tableStep*float64(n)))
	}
	return table
}

// lookUp is the value at a normal score, by straight lines between those of the table.
func lookUp(table []float64, score float64) float64 {
	at := min(max((score+tableEnd)/tableStep, 0), float64(tableSize-1))
	n := min(int(at), tableSize-2)
	return table[n] + (at-float64(n))*(table[n+1]-table[n])
}

func hashOf(id string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id)) // a hash takes everything
	return h.Sum64()
}
