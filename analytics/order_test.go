package analytics_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"yardstick/analytics"
)

func bounded(id string, earliest, latest *time.Time) analytics.Inspection {
	return analytics.Inspection{ID: id, Earliest: *earliest, Latest: *latest}
}

func TestCompareOrder(t *testing.T) {
	june := bounded("june", day(2012, 6, 1), day(2012, 6, 30))
	thirteenth := bounded("thirteenth", day(2012, 6, 13), day(2012, 6, 13))
	same := bounded("same", day(2012, 6, 13), day(2012, 6, 13))
	july := bounded("july", day(2012, 7, 1), day(2012, 7, 1))
	programme := bounded("programme", day(2009, 4, 1), day(2012, 12, 31))
	for _, c := range []struct {
		a, b  analytics.Inspection
		order int
		known bool
	}{
		{june, july, -1, true}, {july, june, 1, true},
		{thirteenth, same, 0, true},
		{june, thirteenth, 0, false}, {june, june, 0, false},
		{programme, july, 0, false}, {july, programme, 0, false},
	} {
		if order, known := analytics.CompareOrder(c.a, c.b); order != c.order || known != c.known {
			t.Errorf("%s and %s: %d %v, want %d %v", c.a.ID, c.b.ID, order, known, c.order, c.known)
		}
	}
}

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
