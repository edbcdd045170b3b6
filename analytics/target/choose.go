package target

// Programme says what a programme of inspections is to be.
type Programme struct {
	Places    int // inspections
	Strong    int // of them, of strong performers, as benchmarks of good practice
	PerRegion int // at most so many in a region; 0 for any number
}

// candidate is an area that a programme may choose.
type candidate struct {
	region   string
	excluded bool
	strong   bool // it may be chosen as a strong performer
}

// choose picks strong performers from the end of an order, most concern first, and then concerns from its beginning. It
// takes each area at most once and no region more often than allowed. There may be fewer than the programme's places.
func (p Programme) choose(order []int, candidates []candidate) map[int]Role {
	out, taken := make(map[int]Role), make(map[string]int)
	take := func(i int, role Role) bool {
		c := candidates[i]
		if c.excluded || out[i] != "" || p.PerRegion > 0 && taken[c.region] >= p.PerRegion {
			return false
		}
		taken[c.region]++
		out[i] = role
		return true
	}
	strong := 0
	for n := len(order) - 1; n >= 0 && strong < p.Strong; n-- {
		if candidates[order[n]].strong && take(order[n], RoleStrong) {
			strong++
		}
	}
	concerns := 0
	for n := 0; n < len(order) && concerns < p.Places-p.Strong; n++ {
		if take(order[n], RoleConcern) {
			concerns++
		}
	}
	return out
}
