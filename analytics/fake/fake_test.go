package fake_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"yardstick/analytics"
	"yardstick/analytics/fake"
	"yardstick/analytics/readertest"
	"yardstick/data"
)

func TestContract(t *testing.T) {
	readertest.Run(t, func(t *testing.T, record fs.FS) analytics.Reader {
		r, err := fake.Open(record, analytics.Release{ID: "fake"})
		if err != nil {
			t.Fatal(err)
		}
		return r
	})
}

func TestShippedRecordOpens(t *testing.T) {
	r, err := fake.Open(data.Record(), analytics.Release{ID: "shipped"})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Release().ID; got != "shipped" {
		t.Errorf("release %q", got)
	}
}

// What cannot be read is an error that says where, never a zero.
func TestOpenRefuses(t *testing.T) {
	for _, c := range []struct {
		name, file, old, new, want string
	}{
		{"a number", "results/cci.csv", ",69,moderate", ",abc,moderate", `results/cci.csv:9:percent: "abc"`},
		{"a whole number", "results/yj2018.csv", ",21,36", ",2.5,36", `results/yj2018.csv:2:points: "2.5"`},
		{"a yes", "results/cci.csv", "percent,yes,", "percent,maybe,", `results/cci.csv:13:reinspection: "maybe"`},
		{"a date", "areas/areas.csv", "2014-03-31", "2014-02-30", `areas/areas.csv:6:valid_to: "2014-02-30"`},
		{"a column", "areas/nations.csv", "name_cy", "name_welsh", `areas/nations.csv:2:name_cy`},
		{"a cell too few", "areas/nations.csv", "wales,Wales,Cymru", "wales,Wales", "areas/nations.csv: record on line 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			record := readertest.Record()
			text := string(record[c.file].Data)
			if !strings.Contains(text, c.old) {
				t.Fatalf("%s has no %q", c.file, c.old)
			}
			record[c.file] = &fstest.MapFile{Data: []byte(strings.Replace(text, c.old, c.new, 1))}
			if _, err := fake.Open(record, analytics.Release{}); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q in it", err, c.want)
			}
		})
	}
	t.Run("a file", func(t *testing.T) {
		record := readertest.Record()
		delete(record, "areas/aliases.csv")
		if _, err := fake.Open(record, analytics.Release{}); err == nil || !strings.Contains(err.Error(), "aliases.csv") {
			t.Errorf("error %v", err)
		}
	})
	t.Run("an empty file", func(t *testing.T) {
		record := readertest.Record()
		record["reference/themes.csv"] = &fstest.MapFile{}
		if _, err := fake.Open(record, analytics.Release{}); err == nil || !strings.Contains(err.Error(), "themes.csv") {
			t.Errorf("error %v", err)
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := fake.Open(data.Record(), analytics.Release{ID: "shipped"}); err != nil {
			b.Fatal(err)
		}
	}
}
