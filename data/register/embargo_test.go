package register

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"
	_ "time/tzdata"
)

func TestParseEmbargo(t *testing.T) {
	for _, c := range []struct{ words, instant, shown string }{
		{"2012-06-13 00:01", "2012-06-12T23:01:00Z", "Wednesday 13 June 2012, 00:01 BST"},
		{"2012-12-13 00:01", "2012-12-13T00:01:00Z", "Thursday 13 December 2012, 00:01 GMT"},
		{"2012-03-25 00:59", "2012-03-25T00:59:00Z", "Sunday 25 March 2012, 00:59 GMT"},
		{"2012-03-25 02:00", "2012-03-25T01:00:00Z", "Sunday 25 March 2012, 02:00 BST"},
		{"2012-10-28 00:59", "2012-10-27T23:59:00Z", "Sunday 28 October 2012, 00:59 BST"},
		{"2012-10-28 02:00", "2012-10-28T02:00:00Z", "Sunday 28 October 2012, 02:00 GMT"},
	} {
		e, err := ParseEmbargo(c.words)
		if err != nil {
			t.Errorf("%s: %v", c.words, err)
			continue
		}
		if got := e.Instant.UTC().Format(time.RFC3339); got != c.instant {
			t.Errorf("%s is %s, want %s", c.words, got, c.instant)
		}
		if e.String() != c.shown {
			t.Errorf("%s is shown back as %q, want %q", c.words, e, c.shown)
		}
	}
}

func TestEmbargoRefusesClockTimesThatAreNoOneMoment(t *testing.T) {
	for _, words := range []string{"2013-03-31 01:30", "2012-10-28 01:30", "2012-02-31 09:00", "2012-06-13",
		"2012-06-13 24:00", "13/06/2012 00:01", ""} {
		_, err := ParseEmbargo(words)
		var refused *EmbargoError
		if !errors.As(err, &refused) || refused.Why == "" {
			t.Errorf("%q gave %v", words, err)
		}
	}
}

// TestEmbargoIsNeverEarly tries 2,000 seeded schedules and every hour round each change of the clocks from 2010 to
// 2035: a moment that is accepted shows as the words it was given in, and lapses at it and not before.
func TestEmbargoIsNeverEarly(t *testing.T) {
	if testing.Short() {
		t.Skip("it tries thousands of schedules")
	}
	london, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	var schedules []string
	random := rand.New(rand.NewPCG(2012, 613))
	for range 2000 {
		day := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(random.IntN(26*365*24*60)) * time.Minute)
		schedules = append(schedules, day.Format("2006-01-02 15:04"))
	}
	changes := 0
	for day := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2036; day = day.AddDate(0, 0, 1) {
		_, before := day.In(london).Zone()
		_, after := day.AddDate(0, 0, 1).In(london).Zone()
		if before == after {
			continue
		}
		changes++
		for minute := range 4 * 60 {
			schedules = append(schedules, day.Add(time.Duration(minute)*time.Minute).Format("2006-01-02 15:04"))
		}
	}
	if changes != 52 {
		t.Fatalf("%d changes of the clocks in 26 years", changes)
	}
	refused := 0
	for _, words := range schedules {
		e, err := ParseEmbargo(words)
		if err != nil {
			refused++
			continue
		}
		if got := e.Instant.In(london).Format("2006-01-02 15:04"); got != words {
			t.Fatalf("%s came back as %s", words, got)
		}
		if e.Due(e.Instant.Add(-time.Nanosecond)) || !e.Due(e.Instant) {
			t.Fatalf("%s does not lapse at its moment", words)
		}
	}
	if refused < 52*60 {
		t.Errorf("%d clock times refused: each change has an hour that is none or two", refused)
	}
}
