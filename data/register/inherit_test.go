package register

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// A correction of what is under embargo, sent without its flag, stays under embargo: so do rows that it repeats, other
// results of the inspection, and statistics and areas. What has nothing in common with it is free.
func TestEmbargoIsInherited(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	embargo, err := ParseEmbargo("2027-06-13 00:01")
	if err != nil {
		t.Fatal(err)
	}
	later, err := ParseEmbargo("2027-07-01 00:01")
	if err != nil {
		t.Fatal(err)
	}
	observation := "area,indicator,period_start,period_end,value,source_url,source_title\n" +
		"Derby,fte_count,2031-04-01,2032-03-31,41,https://example.test/fte,Table (synthetic)\n"
	area := "area,name_en,region,status,source_url,source_title\n" +
		"newtown,Newtown,east-midlands,current,https://example.test/a,Area (synthetic)\n"
	for name, c := range map[string]struct {
		first, second string
		own           *Embargo
		want          *Embargo
	}{
		"a correction": {derby, strings.Replace(derby, ",66,", ",67,", 1), nil, &embargo},
		"a row more": {derby, derby + strings.Replace(derby[len(header):], "safeguarding,66", "risk_of_harm,61", 1),
			nil, &embargo},
		"another result":     {derby, strings.Replace(derby, "safeguarding,66", "risk_of_harm,61", 1), nil, &embargo},
		"a later embargo":    {derby, strings.Replace(derby, ",66,", ",67,", 1), &later, &later},
		"a statistic":        {observation, strings.Replace(observation, ",41,", ",42,", 1), nil, &embargo},
		"an area":            {area, strings.Replace(area, "Newtown,", "New Town,", 1), nil, &embargo},
		"another inspection": {derby, strings.Replace(derby, "Derby,", "Derbyshire,", 1), nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := open(t)
			take(t, r, Import{Content: []byte(c.first), Embargo: &embargo})
			receipt := take(t, r, Import{Content: []byte(c.second), Why: "misread (synthetic)", Embargo: c.own})
			if (receipt.Embargo == nil) != (c.want == nil) ||
				c.want != nil && (!receipt.Embargo.Instant.Equal(c.want.Instant) || len(receipt.Inherits) != 1) {
				t.Fatalf("under embargo until %v as %v, want %v", receipt.Embargo, receipt.Inherits, c.want)
			}
			made, err := r.Publish(t.Context(), Choice{By: "tester"})
			if c.want != nil && !errors.Is(err, ErrNothing) {
				t.Errorf("published early: %v, %v", made.Came, err)
			}
			if c.want == nil && (err != nil || len(made.Came) != 1) {
				t.Errorf("a free file was not published: %v, %v", made.Came, err)
			}
		})
	}
}

// A file with rows of a draft is a draft until it is approved itself; once the draft is approved, what follows is free.
func TestDraftIsInherited(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := openSmall(t)
	take(t, r, Import{Content: []byte(derby), Draft: true})
	receipt := take(t, r, Import{Content: []byte(strings.Replace(derby, ",66,", ",67,", 1)), Why: "misread (synthetic)"})
	if !receipt.Draft || len(receipt.Inherits) != 1 || receipt.Inherits[0] != 1 {
		t.Fatalf("%+v", receipt)
	}
	if _, err := r.Publish(t.Context(), Choice{By: "tester"}); !errors.Is(err, ErrNothing) {
		t.Fatalf("published unapproved: %v", err)
	}
	for _, seq := range []int{1, 2} {
		if err := r.Approve(t.Context(), seq, "another", "read against the notice"); err != nil {
			t.Fatal(err)
		}
	}
	receipt = take(t, r, Import{Content: []byte(strings.Replace(derby, ",66,", ",68,", 1)), Why: "misread (synthetic)"})
	if receipt.Draft || len(receipt.Inherits) != 0 {
		t.Errorf("after approval: %+v", receipt)
	}
}

// An embargo ends early by a decision of its own, with a reason, by somebody other than who imported the file.
func TestLift(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	embargo, err := ParseEmbargo("2027-06-13 00:01")
	if err != nil {
		t.Fatal(err)
	}
	r := openSmall(t)
	take(t, r, Import{Content: []byte(derby), Embargo: &embargo})
	for _, c := range []struct {
		seq           int
		by, why, want string
	}{
		{1, "another", "", "needs its reason"},
		{1, " Tester", "agreed with the service", "somebody other"},
		{2, "another", "agreed with the service", "no import 2"},
		{1, "another", "agreed with the service", ""},
		{1, "another", "agreed with the service", "under no embargo"},
	} {
		err := r.Lift(t.Context(), c.seq, c.by, c.why)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	if made, err := r.Publish(t.Context(), Choice{By: "tester"}); err != nil || len(made.Came) != 1 {
		t.Errorf("lifted, and not published: %+v, %v", made, err)
	}
}

// A clock that stands before the journal's last decision is refused: an embargo would be lifted or put back by it.
func TestClockThatSteppedBack(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := openSmall(t)
	take(t, r, Import{Content: []byte(derby)})
	r.Now = func() time.Time { return now.Add(-4 * time.Hour) }
	var stepped *ClockError
	if _, err := r.Publish(t.Context(), Choice{By: "tester"}); !errors.As(err, &stepped) {
		t.Errorf("four hours back: %v", err)
	}
	r.Now = func() time.Time { return now.Add(-time.Second) }
	made, err := r.Publish(t.Context(), Choice{By: "tester"})
	if err != nil || len(made.Came) != 1 {
		t.Fatalf("a second back: %v", err)
	}
	entries, err := r.Verify(t.Context())
	if err != nil || entries[1].At.Before(entries[0].At) {
		t.Errorf("entries at %v and %v, %v", entries[0].At, entries[1].At, err)
	}
}
