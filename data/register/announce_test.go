package register

import (
	"errors"
	"strings"
	"testing"
	"time"

	"yardstick/data/release"
)

// announcementsIn returns the lines of what a release tells of publications to come.
func announcementsIn(t *testing.T, r *Register, m release.Manifest) string {
	t.Helper()
	record, err := release.Record(r.Home, m)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := readLines(record, release.AnnouncementsFile)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, cells := range lines[1:] {
		out = append(out, strings.Join(cells, "|"))
	}
	return strings.Join(out, "\n")
}

// An announcement is made, moved for a reason and fulfilled by the publication it is of; releases tell each step, and
// nothing of the import before it is public.
func TestAnnouncements(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := openSmall(t)
	clock := now
	r.Now = func() time.Time { clock = clock.Add(time.Minute); return clock }
	ctx := t.Context()
	publishes := func() string {
		t.Helper()
		made, err := r.Publish(ctx, Choice{By: "Petra", Standing: true})
		if err != nil {
			t.Fatal(err)
		}
		return announcementsIn(t, r, made.Release)
	}
	a := Announcement{TitleEN: "Inspection  of Derby", TitleCY: "Arolygiad o Derby", Areas: []string{"Derby"},
		Expected: "2027-06"}
	seq, err := r.Announce(ctx, a, nil, "Petra", "")
	if err != nil {
		t.Fatal(err)
	}
	want := "1|1|announced|2027-03-04T09:32:00Z|Inspection of Derby|Arolygiad o Derby|derby|2027-06||"
	if got := publishes(); got != want {
		t.Fatalf("announced, the release says\n%s\nwant\n%s", got, want)
	}
	if _, err := r.Publish(ctx, Choice{By: "Petra", Standing: true}); !errors.Is(err, ErrNothing) {
		t.Errorf("a second time: %v", err)
	}

	a.Of, a.Expected = seq, "2027-06-13 00:01"
	var refused *AnnouncementError
	if _, err := r.Announce(ctx, a, nil, "Petra", " "); !errors.As(err, &refused) || refused.Field != "why" {
		t.Errorf("moved without a reason: %v", err)
	}
	if _, err := r.Announce(ctx, a, nil, "Petra", "fieldwork took longer"); err != nil {
		t.Fatal(err)
	}
	embargo, err := ParseEmbargo("2027-06-13 00:01")
	if err != nil {
		t.Fatal(err)
	}
	receipt := take(t, r, Import{Content: []byte(derby), Embargo: &embargo})
	if _, err := r.Announce(ctx, a, []int{receipt.Seq}, "Petra", ""); err != nil {
		t.Fatalf("to say which import it is of needs no reason: %v", err)
	}
	announced := publishes()
	if lines := strings.Split(announced, "\n"); len(lines) != 2 || !strings.HasPrefix(lines[0], "1|1|announced|") ||
		!strings.HasSuffix(lines[1], "|derby|2027-06-13|2027-06-12T23:01:00Z|fieldwork took longer") {
		t.Fatalf("moved, the release says\n%s", announced)
	}

	clock = embargo.Instant
	made, err := r.Publish(ctx, Choice{Imports: []int{receipt.Seq}, By: "Petra"})
	if err != nil {
		t.Fatal(err)
	}
	if announced := announcementsIn(t, r, made.Release); !strings.Contains(announced, "\n1|3|published|2027-06-12T23:") {
		t.Errorf("published, the release says\n%s", announced)
	}
	if _, err := r.Announce(ctx, Announcement{Of: seq, TitleEN: "x", TitleCY: "x", Expected: "2028-01"}, nil, "Petra",
		"x"); !errors.As(err, &refused) {
		t.Errorf("what is published is moved: %v", err)
	}
	if _, err := r.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// An announcement that cannot be is refused by the field that is wrong.
func TestAnnouncementsThatCannotBe(t *testing.T) {
	r := openSmall(t)
	for field, a := range map[string]Announcement{
		"title_cy": {TitleEN: "Derby", Expected: "2027-06"},
		"title_en": {TitleEN: "Derby scores 66%", TitleCY: "Derby", Expected: "2027-06"},
		"areas":    {TitleEN: "D", TitleCY: "D", Areas: []string{"Nowhereshire"}, Expected: "2027-06"},
		"expected": {TitleEN: "D", TitleCY: "D", Expected: "2027"},
	} {
		var refused *AnnouncementError
		if _, err := r.Announce(t.Context(), a, nil, "Petra", ""); !errors.As(err, &refused) || refused.Field != field {
			t.Errorf("%+v: %v, want %s", a, err, field)
		}
	}
	for _, expected := range []string{"2027-02", "2027-03-03", "2027-03-04 09:00"} {
		a := Announcement{TitleEN: "D", TitleCY: "D", Expected: expected}
		if _, err := r.Announce(t.Context(), a, nil, "Petra", ""); err == nil {
			t.Errorf("%s is past, and is taken", expected)
		}
	}
	if entries, err := r.Journal(); err != nil || len(entries) > 0 {
		t.Errorf("the journal has %d entries, %v", len(entries), err)
	}
}
