package analytics_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"yardstick/analytics"
)

// The newest of any inspections holds the one that would be newest whatever days within their bounds they were
// published on.
func TestNewestHoldsEveryPossibleOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := func(days int) time.Time { return day(2012, 1, 1).AddDate(0, 0, days) }
		n := rapid.IntRange(1, 6).Draw(t, "inspections")
		var all []analytics.Inspection
		last, lastAt := "", -1
		for k := range n {
			from := rapid.IntRange(0, 40).Draw(t, "from")
			to := from + rapid.IntRange(0, 20).Draw(t, "length")
			on := rapid.IntRange(from, to).Draw(t, "day")
			id := string(rune('a' + k))
			all = append(all, analytics.Inspection{ID: id, Earliest: at(from), Latest: at(to)})
			if on > lastAt {
				last, lastAt = id, on
			}
		}
		newest, known := analytics.Newest(all)
		found := false
		for _, i := range newest {
			found = found || i.ID == last
		}
		if !found || known != (len(newest) == 1) {
			t.Fatalf("%v (known %v), and %s was the newest on its day", newest, known, last)
		}
	})
}

// The bounds of every shipped inspection are set, in order, and lie within what its source printed.
func TestEveryInspectionIsBounded(t *testing.T) {
	s := shipped(t)
	undated := 0
	for _, i := range s.Inspections() {
		if i.Earliest.IsZero() || i.Latest.Before(i.Earliest) {
			t.Errorf("%s: from %s to %s", i.ID, i.Earliest, i.Latest)
		}
		if i.Published.Precision() == analytics.PrecisionUnknown {
			undated++
			continue
		}
		if i.Earliest.Before(i.Published.First()) || i.Latest.After(i.Published.Last()) {
			t.Errorf("%s: from %s to %s, printed %s", i.ID, i.Earliest, i.Latest, i.Published)
		}
	}
	if undated < 20 {
		t.Errorf("only %d without a date", undated)
	}
	// Their undated inspections are of programmes that began after every other one of theirs had ended.
	for area, want := range map[string]string{"hartlepool": "hartlepool-yj2018", "north-tyneside": "north-tyneside-yj2018",
		"leicester-city": "leicester-city-yj2025", "hounslow": "hounslow-yj2025"} {
		latest, known := s.Latest(area)
		if !known || latest[0].ID != want {
			t.Errorf("%s: %d may be the latest, the first %s; want %s alone", area, len(latest), latest[0].ID, want)
		}
	}
}
