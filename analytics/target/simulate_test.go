package target

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// spread is made-up areas whose scores run evenly from +2 to -2, each known as well as given.
func evenly(n int, spread float64) []scored {
	areas := make([]scored, n)
	for i := range areas {
		x := 2 - 4*float64(i)/float64(max(n-1, 1))
		areas[i] = scored{score: []float64{x, x}, spread: []float64{spread, spread}}
	}
	return areas
}

func anywhere(n, places, strong int) *chooser {
	return &chooser{programme: Programme{Places: places, Strong: strong}, region: make([]int, n), regions: 1, excluded: make([]bool, n), able: slices.Repeat([]bool{true}, n)}
}

var half = []float64{0.5, 0.5}

func TestWithoutUncertaintyRanksStand(t *testing.T) {
	areas := evenly(20, 0)
	o := simulate(areas, half, 200, 1, anywhere(20, 5, 2), 2)
	for i := range areas {
		if lower, median, upper := o.interval(i); lower != i+1 || median != i+1 || upper != i+1 {
			t.Errorf("area %d ranks %d (%d to %d)", i, median, lower, upper)
		}
		if want := int32(0); i < 3 {
			want = 200
			if o.concern[i] != want {
				t.Errorf("area %d is a concern %d times of 200", i, o.concern[i])
			}
		}
	}
	if o.strong[19] != 200 || o.strong[18] != 200 || o.strong[17] != 0 || o.concern[3] != 0 {
		t.Errorf("strong %v, concern %v", o.strong, o.concern)
	}
}

func TestTheSameSeedGivesTheSameOnAnyNumberOfCores(t *testing.T) {
	areas := evenly(40, 0.7)
	one := simulate(areas, half, 1_234, 7, anywhere(40, 8, 1), 1)
	for _, cores := range []int{2, 3, 8} {
		if many := simulate(areas, half, 1_234, 7, anywhere(40, 8, 1), cores); !reflect.DeepEqual(one, many) {
			t.Errorf("%d cores give another outcome", cores)
		}
	}
	if other := simulate(areas, half, 1_234, 8, anywhere(40, 8, 1), 2); reflect.DeepEqual(one, other) {
		t.Error("another seed gives the same outcome")
	}
	if one.runs != 1_234 {
		t.Errorf("%d runs", one.runs)
	}
}

// Every run gives each area one rank and fills the programme; more uncertainty never narrows an area in the middle.
func TestOutcomesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 60).Draw(t, "areas")
		places := rapid.IntRange(1, n).Draw(t, "places")
		strong := rapid.IntRange(0, places).Draw(t, "strong")
		o := simulate(evenly(n, rapid.Float64Range(0, 2).Draw(t, "spread")), half, 60, rapid.Uint64().Draw(t, "seed"), anywhere(n, places, strong), 2)
		chosen := int32(0)
		for i := range n {
			sum := int32(0)
			for _, times := range o.ranks[i] {
				sum += times
			}
			if sum != 60 {
				t.Fatalf("area %d was ranked %d times of 60", i, sum)
			}
			lower, median, upper := o.interval(i)
			if lower < 1 || lower > median || median > upper || upper > n {
				t.Fatalf("area %d: %d in %d to %d", i, median, lower, upper)
			}
			chosen += o.concern[i] + o.strong[i]
		}
		if chosen != int32(60*places) {
			t.Fatalf("%d choices, want %d", chosen, 60*places)
		}
	})
	wide := func(spread float64) int {
		lower, _, upper := simulate(evenly(50, spread), half, 2_000, 3, anywhere(50, 5, 0), 2).interval(25)
		return upper - lower
	}
	if a, b, c := wide(0.1), wide(0.4), wide(1.6); a >= b || b >= c {
		t.Errorf("an area in the middle ranks within %d, %d, %d places", a, b, c)
	}
}

// A key sorts as its composite does, and gives back its place.
func TestKey(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	values := []float64{0, math.Copysign(0, -1), 1, -1, 1e-9, -1e-9, 30, -30}
	for range 1_000 {
		values = append(values, random.NormFloat64())
	}
	for i, x := range values {
		for j, y := range values[:20] {
			if a, b := key(x, i%1000), key(y, j); x > y+1e-9 && a >= b || x < y-1e-9 && a <= b {
				t.Fatalf("%g and %g sort the wrong way", x, y)
			}
		}
		if got := key(x, i%1000) & indexBits; got != uint64(i%1000) {
			t.Fatalf("place %d came back as %d", i%1000, got)
		}
	}
}

func TestLimitsOfAProgramme(t *testing.T) {
	c := anywhere(10, 5, 1)
	c.programme.PerRegion, c.regions = 2, 3
	c.region = []int{0, 0, 0, 1, 1, 1, 2, 2, 2, 2}
	c.excluded[0] = true
	c.able = make([]bool, 10)
	c.able[8], c.able[0] = true, true
	order := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
	out := newPicked(c)
	for range 2 { // its room is used again
		c.pick(order, &out)
		if !slices.Equal(out.concern, []int{1, 2, 3, 4}) || !slices.Equal(out.strong, []int{8}) {
			t.Errorf("chose %v and %v", out.concern, out.strong)
		}
	}
	c.programme.PerRegion = 1
	c.pick(order, &out)
	if !slices.Equal(out.concern, []int{1, 3}) || !slices.Equal(out.strong, []int{8}) {
		t.Errorf("with one a region: chose %v and %v", out.concern, out.strong)
	}
}

func BenchmarkSimulate(b *testing.B) {
	areas := evenly(156, 0.5)
	for i := range areas {
		areas[i] = scored{score: slices.Repeat(areas[i].score[:1], 6), spread: slices.Repeat(areas[i].spread[:1], 6)}
	}
	shares := slices.Repeat([]float64{1.0 / 6}, 6)
	for b.Loop() {
		simulate(areas, shares, 10_000, 1, anywhere(156, 12, 1), 2)
	}
}
