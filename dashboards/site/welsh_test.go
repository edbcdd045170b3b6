package site

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick/dashboards/sitetest"
)

// welshPages are the pages whose sentences are in the golden file: names that begin with letters that mutate, names
// without a Welsh form, two names in a list, findings, verdicts, trends, dates and searches.
var welshPages = []struct {
	address string
	most    int // how many of its sentences
}{
	{"/", 5},
	{"/areas/cardiff", 6},
	{"/areas/gwynedd-and-ynys-mon", 4},
	{"/areas/western-bay", 3},
	{"/areas/leicester-city", 3},
	{"/areas/blaenau-gwent-and-caerphilly?for=Caerffili", 3},
	{"/areas?q=LE2", 3},
	{"/inspections/leicestershire-and-rutland-cci-2012", 5},
	{sitetest.With(sitetest.Leicester, sitetest.Rutland), 7},
	{sitetest.With("cardiff-yj2018-2022", "powys-yj2018-2022"), 4},
	{"/benchmarks?programme=cci&measure=safeguarding&group=region&of=leicestershire-and-rutland&as_of=2012-06-13", 2},
	{"/trends?programme=yj2018&measure=overall", 2},
	{"/indicators?indicator=reoffending_rate_percent&area=cardiff", 4},
	{"/indicators?indicator=fte_rate_per_100k&area=leicester-city", 5},
	{"/inspections/newport-fji-2016", 5},
	{"/map", 3},
	{"/target?places=4", 4},
	{"/data", 1},
	{"/releases", 2},
}

// welshCounts are messages with a count, said of so many.
var welshCounts = []struct {
	key       string
	variables []any
}{
	{"number.points", []any{"Number", "%d"}},
	{"releases.finding", []any{"Date", "28 Tachwedd 2026", "Sentence", "Ni newidiodd unrhyw ffigur cyhoeddedig."}},
	{"area.age", []any{"Date", "Awst 2022"}},
	{"standing.sentence", []any{"Better", 1, "Same", 0, "Worse", 2}},
	{"releases.more", nil},
	{"data.warnings", nil},
}

// Welsh is read as readers meet it: put together, on a page. Whoever changes a sentence reads it here.
func TestWelshSentences(t *testing.T) {
	var out strings.Builder
	var seen []string
	total := 0
	for _, p := range welshPages {
		fmt.Fprintf(&out, "%s\n", p.address)
		found := 0
		for _, text := range sentences(reflect.ValueOf(built(t, "cy", p.address))) {
			if found < p.most && !slices.Contains(seen, text) {
				seen = append(seen, text)
				fmt.Fprintf(&out, "\t%s\n", text)
				found++
			}
		}
		if found < p.most {
			t.Errorf("%s has %d sentences, want %d", p.address, found, p.most)
		}
		total += found
	}
	for _, c := range welshCounts {
		fmt.Fprintf(&out, "%s\n", c.key)
		for _, n := range []int{0, 1, 2, 3, 4, 6, 8, 11} {
			variables := append([]any{"Count", n}, c.variables...)
			for i, v := range variables {
				if v == "%d" {
					variables[i] = n
				}
			}
			fmt.Fprintf(&out, "\t%s\n", say(t, "cy", c.key, variables...))
			total++
		}
	}
	if total < 60 {
		t.Errorf("%d sentences", total)
	}
	golden := filepath.Join("testdata", "welsh.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(out.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if difference := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(out.String(), "\n")); difference != "" {
		t.Errorf("the sentences are not those of %s; read them, then -update (-want +got):\n%s", golden, difference)
	}
}

// sentences are the texts of a view that have six words or more, in the order of its fields.
func sentences(v reflect.Value) []string {
	var out []string
	switch v.Kind() {
	case reflect.String:
		if text := v.String(); len(strings.Fields(text)) >= 6 {
			out = append(out, strings.Join(strings.Fields(text), " "))
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			out = sentences(v.Elem())
		}
	case reflect.Slice, reflect.Array:
		for n := range v.Len() {
			out = append(out, sentences(v.Index(n))...)
		}
	case reflect.Struct:
		for n := range v.NumField() {
			if v.Type().Field(n).IsExported() {
				out = append(out, sentences(v.Field(n))...)
			}
		}
	}
	return out
}
