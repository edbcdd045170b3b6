package stats

import "slices"

// shortest is the number of unbroken years below which nothing is said of a series.
const shortest = 5

// Period places a figure in a yearly series.
type Period struct {
	Year int
	// Breaks says that the figure is counted otherwise than those of the years
	// before it, so that no change may be read across.
	Breaks bool
}

func (p Period) period() Period { return p }

// CountedYear is a year's proportion with its numerator and denominator.
type CountedYear struct {
	Period
	Sample
}

// PlainYear is a year's figure of which nothing else is known, in any unit.
type PlainYear struct {
	Period
	Value float64
}

// SeriesRefusal is why nothing can be calculated from a series: an error to
// find with errors.As, and a code to put into words by.
type SeriesRefusal string

// The reasons for which a series is refused.
const (
	// SeriesTooShort: it has fewer than five years.
	SeriesTooShort SeriesRefusal = "too_short"
	// SeriesBroken: its years do not reach five without a gap or a break up to the latest.
	SeriesBroken SeriesRefusal = "broken"
	// SeriesOverlaps: it has two figures for one year.
	SeriesOverlaps SeriesRefusal = "overlaps"
	// SeriesAllOrNone: in all of the years all cases were successes, or none were.
	SeriesAllOrNone SeriesRefusal = "all_or_none"
	// SeriesOneEnd: nothing was counted but in the first year, or in the last, or
	// at all, so that no yearly change is finite.
	SeriesOneEnd SeriesRefusal = "one_end"
)

// Error says it in plain words.
func (r SeriesRefusal) Error() string {
	switch r {
	case SeriesTooShort:
		return "the series has fewer than five years"
	case SeriesBroken:
		return "the latest five years are not unbroken"
	case SeriesOverlaps:
		return "the series has two figures for one year"
	case SeriesAllOrNone:
		return "in all years all cases were successes, or none were"
	case SeriesOneEnd:
		return "nothing was counted but in the first or the last year"
	}
	return string(r)
}

// unbroken is the part of a series that ends with its latest year and goes back
// without a gap or a break, in order of years. It has five years at the least,
// or there is a SeriesRefusal.
func unbroken[P interface{ period() Period }](series []P) ([]P, error) {
	if len(series) < shortest {
		return nil, SeriesTooShort
	}
	years := slices.SortedFunc(slices.Values(series), func(a, b P) int { return a.period().Year - b.period().Year })
	from := 0
	for i := 1; i < len(years); i++ {
		before, here := years[i-1].period(), years[i].period()
		switch {
		case here.Year == before.Year:
			return nil, SeriesOverlaps
		case here.Breaks || here.Year != before.Year+1:
			from = i
		}
	}
	if len(years)-from < shortest {
		return nil, SeriesBroken
	}
	return years[from:], nil
}
