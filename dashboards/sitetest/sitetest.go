// Package sitetest has the releases that tests of the web answer from.
package sitetest

import (
	"context"
	"io/fs"
	"net/url"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/duck/ducktest"
	"yardstick/data"
)

// ReleaseID is the id of the release that tests answer from: the shipped record, under an id and a moment that never
// change.
const ReleaseID = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

// Built is when that release was built.
var Built = time.Date(2026, time.March, 2, 9, 30, 0, 0, time.UTC)

var shipped = sync.OnceValues(func() (*analytics.Snapshot, error) {
	reader, err := ducktest.Open(data.Record(), analytics.Release{ID: ReleaseID, Built: Built})
	if err != nil {
		return nil, err
	}
	return analytics.Load(context.Background(), reader)
})

// Load returns the shipped record, for tests that have no testing.TB yet.
func Load() (*analytics.Snapshot, error) { return shipped() }

// Shipped returns the shipped record.
func Shipped(t testing.TB) *analytics.Snapshot {
	t.Helper()
	s, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Revised returns the shipped record with a history of made-up releases, each of which says that it is synthetic.
func Revised(t testing.TB) *analytics.Snapshot {
	t.Helper()
	s, err := revised()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var revised = sync.OnceValues(func() (*analytics.Snapshot, error) {
	record := make(fstest.MapFS)
	err := fs.WalkDir(data.Record(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(data.Record(), name)
		record[name] = &fstest.MapFile{Data: content}
		return err
	})
	if err != nil {
		return nil, err
	}
	record["history/releases.csv"] = &fstest.MapFile{Data: []byte("position,release,published,origin,why\n" +
		"1," + ReleaseID + ",2026-03-02T09:30:00Z,shipped,\n" +
		"2,,2026-04-01T08:00:00Z,register,Synthetic: nothing changed.\n" +
		"3,,2026-05-13T23:01:00Z,register,Synthetic: the notices of May.\n")}
	record["history/revisions.csv"] = &fstest.MapFile{
		Data: []byte("position,subject,act,inspection,measure,place,period,field,before,after,rows,why\n" +
			"3,result,added,leicestershire-and-rutland-cci-2012,safeguarding,,,,,,1,\n" +
			"3,result,added,leicestershire-and-rutland-cci-2012,risk_of_harm,,,,,,1,\n" +
			"3,result,corrected," + Leicester + ",reducing_reoffending,,,rating,poor,satisfactory,1,\"Synthetic: " +
			"misread, <b>twice</b>.\"\n" +
			"3,result,corrected," + Leicester + ",reducing_reoffending,,,note,,see page 4,1,\n" +
			"3,benchmark,corrected,leicestershire-and-rutland-cci-2012,safeguarding,,,lowest,37,38,1,Synthetic: of the " +
			"second printing.\n" +
			"3,observation,added,,population_10_17,,,,,,12,\n" +
			"3,observation,corrected,,fte_count,leicester-city,2015-04-01,value,101,99,1,Synthetic: revised by its " +
			"publisher.\n" +
			"3,area,corrected,,,leicester-city,,alias,,Leicester,1,\n" +
			"3,result,withdrawn,derby-cci-1999,safeguarding,,,,,,1,Synthetic: of another service.\n" +
			"3,result,withdrawn,derby-cci-1998,safeguarding,,,,,,1,\n"),
	}
	for _, line := range []string{
		"response,1,,,,Synthetic: we have begun.,Synthetig: rydym wedi dechrau.,,,,,,,,,,printed,Response",
		"response,2,,,,Synthetic: we agree.,Synthetig: rydym yn cytuno.,,,,,,,,,,printed,Response",
		"plan_due,1,,,,Synthetic: due.,Synthetig: i ddod.,,,,,,,,2016-08-01,,printed,Plan"} {
		record["findings/fji.csv"].Data = append(record["findings/fji.csv"].Data, Leicester+","+line+
			",,some-good-work-in-leicester-city-but-more-to-do-press-release,\n"...)
	}
	record["announcements/announcements.csv"] = &fstest.MapFile{
		Data: []byte("announcement,step,act,told,title_en,title_cy,areas,expected,moment,why\n" +
			"1,1,announced,2026-03-02T09:30:00Z,Synthetic: May,Synthetig: Mai,derby,2026-05,,\n" +
			"1,2,published,2026-05-13T23:01:00Z,Synthetic: May,Synthetig: Mai,derby,2026-05,,\n" +
			"2,1,announced,2026-04-01T08:00:00Z,Synthetic: Leicester,Synthetig: Caerlŷr,leicester-city,2027-06,,\n" +
			"2,2,moved,2026-05-01T08:00:00Z,Synthetic: Leicester,Synthetig: Caerlŷr,leicester-city,2027-07-13," +
			"2027-07-12T23:01:00Z,\"Synthetic: fieldwork took longer, <b>twice</b>.\"\n" +
			"3,1,announced,2026-04-01T08:00:00Z,Synthetic: Wales,Synthetig: Cymru,,2027-02,,\n" +
			"4,1,announced,2026-04-01T08:00:00Z,Synthetic: none,Synthetig: dim,,2027-03-01,,\n" +
			"4,2,cancelled,2026-05-02T08:00:00Z,Synthetic: none,Synthetig: dim,,2027-03-01,,Synthetic: not needed.\n"),
	}
	reader, err := ducktest.Open(record, analytics.Release{ID: ReleaseID, Built: Built})
	if err != nil {
		return nil, err
	}
	return analytics.Load(context.Background(), reader)
})

// The two inspections that the site was first asked to compare.
const (
	Leicester = "leicester-city-fji-2016"
	Rutland   = "leicestershire-and-rutland-cci-2012"
)

// With returns the address of a comparison.
func With(ids ...string) string { return "/compare?" + url.Values{"with": ids}.Encode() }
