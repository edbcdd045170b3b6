package target

// Programme says what a programme of inspections is to be.
type Programme struct {
	Places    int // inspections
	Strong    int // of them, of strong performers, as benchmarks of good practice
	PerRegion int // at most so many in a region; 0 for any number
}

// chooser makes a programme of areas in an order of concern. Its areas are those that are ranked.
type chooser struct {
	programme Programme
	region    []int  // of each area
	regions   int    // how many there are
	excluded  []bool // inspected too lately
	able      []bool // may stand as a strong performer
}

// picked are the areas that a programme is made of, by place.
type picked struct {
	concern, strong []int
	taken           []int // by region
	chosen          []bool
}

func newPicked(c *chooser) picked {
	return picked{concern: make([]int, 0, c.programme.Places), strong: make([]int, 0, c.programme.Strong),
		taken: make([]int, c.regions), chosen: make([]bool, len(c.region))}
}

// pick chooses strong performers from the end of the order, then concerns from its beginning, each area at most once and no
// region more often than it may be. There may be fewer than were asked for.
func (c *chooser) pick(order []int, out *picked) {
	out.concern, out.strong = out.concern[:0], out.strong[:0]
	clear(out.taken)
	clear(out.chosen)
	for n := len(order) - 1; n >= 0 && len(out.strong) < c.programme.Strong; n-- {
		if i := order[n]; c.able[i] && c.free(i, out) {
			out.strong = append(out.strong, i)
		}
	}
	for n := 0; n < len(order) && len(out.concern) < c.programme.Places-c.programme.Strong; n++ {
		if i := order[n]; c.free(i, out) {
			out.concern = append(out.concern, i)
		}
	}
}

// free says whether an area may be taken still, and takes it.
func (c *chooser) free(i int, out *picked) bool {
	if c.excluded[i] || out.chosen[i] || c.programme.PerRegion > 0 && out.taken[c.region[i]] >= c.programme.PerRegion {
		return false
	}
	out.taken[c.region[i]]++
	out.chosen[i] = true
	return true
}
