package score

import (
	"bytes"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"yardstick/analytics/stats"
	"yardstick/data/finding"
	"yardstick/queries"
)

// Everything here is made up: no inspection, case or judgement is a real one.

// judged is one row of a file of judgements.
type judged struct{ inspection, name, question, judgement string }

func scorer() Scorer {
	return Scorer{Queries: queries.Files(), Memory: "256MB", Threads: 2}
}

// written is a CSV file of judgements.
func written(t testing.TB, name string, rows []judged) string {
	t.Helper()
	var content bytes.Buffer
	out := csv.NewWriter(&content)
	out.Write([]string{"inspection", "case", "question", "judgement"})
	for _, r := range rows {
		out.Write([]string{r.inspection, r.name, r.question, r.judgement})
	}
	out.Flush()
	return fileOf(t, name, content.String())
}

// fileOf is a file in a folder of its own.
func fileOf(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// parquet is what a query answers, as a Parquet file.
func parquet(t testing.TB, name, query string) string {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	path := filepath.Join(t.TempDir(), name)
	if _, err := db.Exec("copy (" + query + ") to '" + path + "' (format parquet)"); err != nil {
		t.Fatal(err)
	}
	return path
}

// parquetOf is a CSV file of judgements as Parquet.
func parquetOf(t testing.TB, csvFile string) string {
	t.Helper()
	return parquet(t, "judgements.parquet", "from read_csv('"+csvFile+"', header = true, all_varchar = true)")
}

func scored(t testing.TB, s Scorer, questions []Question, files ...string) Result {
	t.Helper()
	result, err := s.Score(t.Context(), questions, files)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// text is a result as it is written, in both forms.
func text(t testing.TB, r Result) string {
	t.Helper()
	var out bytes.Buffer
	if err := r.WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	if err := json.NewEncoder(&out).Encode(r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Two cases on four questions, worked by hand. Criterion 1.1 has q1 and q2; of four judgements one is not applicable
// and two of the other three are sufficient: 2/3. Section 1 has all four questions: of eight judgements two are not
// applicable, and three of six are sufficient. Safeguarding has the key questions q1 and q3: 2 of 4. Risk of harm
// has q3 alone: 1 of 2. q4 counts for the section and for no criterion and no headline.
func TestWorkedByHand(t *testing.T) {
	questions := []Question{
		{ID: "q1", Criterion: "criterion_1_1", Section: "section_1", Headlines: []string{"safeguarding"}},
		{ID: "q2", Criterion: "criterion_1_1", Section: "section_1"},
		{
			ID:        "q3",
			Criterion: "criterion_1_2",
			Section:   "section_1",
			Headlines: []string{"safeguarding", "risk_of_harm"},
		},
		{ID: "q4", Section: "section_1"},
		{ID: "q5", Section: "section_2"},
		{ID: "q6", Headlines: []string{"likelihood_of_reoffending"}},
	}
	file := written(t, "judgements.csv", []judged{
		{"made-up-cci-2011", "1", "q1", "sufficient"}, {"made-up-cci-2011", "1", "q2", "sufficient"},
		{"made-up-cci-2011", "1", "q3", "insufficient"}, {"made-up-cci-2011", "1", "q4", "insufficient"},
		{"made-up-cci-2011", "2", "q1", "insufficient"}, {"made-up-cci-2011", "2", "q2", "not_applicable"},
		{"made-up-cci-2011", "2", "q3", "sufficient"}, {"made-up-cci-2011", "2", "q4", "not_applicable"},
		{"made-up-cci-2011", "2", "q5", "not_applicable"},
	})
	want := []Inspection{
		{
			ID:              "made-up-cci-2011",
			Cases:           2,
			NeverApplicable: []string{"q5"},
			NeverJudged:     []string{"q6"},
			Scores: []Score{
				{Measure: "criterion_1_1", Tally: Tally{2, 3}, Cases: 2, Reason: TooFewCases},
				{Measure: "criterion_1_2", Tally: Tally{1, 2}, Cases: 2, Reason: TooFewCases},
				{Measure: "likelihood_of_reoffending", Reason: NothingApplicable},
				{Measure: "risk_of_harm", Tally: Tally{1, 2}, Cases: 2, Reason: TooFewCases},
				{Measure: "safeguarding", Tally: Tally{2, 4}, Cases: 2, Reason: TooFewCases},
				{Measure: "section_1", Tally: Tally{3, 6}, Cases: 2, Reason: TooFewCases},
				{Measure: "section_2", Reason: NothingApplicable},
			},
		},
	}
	result := scored(t, scorer(), questions, file)
	if diff := gocmp.Diff(want, result.Inspections); diff != "" {
		t.Errorf("scores (-want +got):\n%s", diff)
	}
	wantCSV := `inspection,measure,numerator,denominator,score_percent,lower,upper
made-up-cci-2011,criterion_1_1,2,3,66.66666666666667,,
made-up-cci-2011,criterion_1_2,1,2,50,,
made-up-cci-2011,likelihood_of_reoffending,0,0,,,
made-up-cci-2011,risk_of_harm,1,2,50,,
made-up-cci-2011,safeguarding,2,4,50,,
made-up-cci-2011,section_1,3,6,50,,
made-up-cci-2011,section_2,0,0,,,
`
	var out bytes.Buffer
	if err := result.WriteCSV(&out); err != nil || out.String() != wantCSV {
		t.Errorf("written %v\n%s", err, out.String())
	}
}

// The unit is the judgement: a case with three applicable questions weighs three times as much as one with one.
func TestJudgementsNotCases(t *testing.T) {
	questions := []Question{{ID: "q1", Criterion: "c"}, {ID: "q2", Criterion: "c"}, {ID: "q3", Criterion: "c"}}
	result := scored(t, scorer(), questions, written(t, "j.csv", []judged{
		{"i", "1", "q1", "sufficient"}, {"i", "1", "q2", "sufficient"}, {"i", "1", "q3", "sufficient"},
		{"i", "2", "q1", "insufficient"}, {"i", "2", "q2", "not_applicable"},
	}))
	if got := result.Inspections[0].Scores[0].Tally; got != (Tally{3, 4}) {
		t.Errorf("%v, want 3 of 4", got)
	}
}

// synthetic draws judgements: some questions are not asked in some cases.
func synthetic(rng *rand.Rand, inspections, cases, questions int) []judged {
	words := []string{"sufficient", "insufficient", "not_applicable"}
	var rows []judged
	for i := range inspections {
		for c := range cases {
			quality := rng.Float64()
			for q := range questions {
				if rng.IntN(10) == 0 {
					continue
				}
				word := words[rng.IntN(2)]
				if rng.Float64() < quality {
					word = "sufficient"
				}
				if rng.IntN(8) == 0 {
					word = "not_applicable"
				}
				rows = append(rows, judged{
					fmt.Sprintf("area-%d-cci-2011", i),
					fmt.Sprintf("case %d", c),
					fmt.Sprintf("q%d", q),
					word,
				})
			}
		}
	}
	return rows
}

// asking gives each question a criterion, a section and up to three headlines.
func asking(rng *rand.Rand, n int) []Question {
	var all []Question
	for q := range n {
		one := Question{
			ID:        fmt.Sprintf("q%d", q),
			Criterion: fmt.Sprintf("criterion_%d", rng.IntN(4)),
			Section:   fmt.Sprintf("section_%d", rng.IntN(3)),
		}
		for _, headline := range []string{"likelihood_of_reoffending", "risk_of_harm", "safeguarding"} {
			if rng.IntN(3) == 0 {
				one.Headlines = append(one.Headlines, headline)
			}
		}
		all = append(all, one)
	}
	return all
}

// counted is the scores worked out one judgement after the other.
func counted(questions []Question, rows []judged) map[string]Tally {
	counts := make(map[string]Tally)
	for _, r := range rows {
		for _, q := range questions {
			for _, measure := range q.measures() {
				tally := counts[r.inspection+" "+measure]
				if q.ID == r.question && r.judgement != "not_applicable" {
					tally.Denominator++
					if r.judgement == "sufficient" {
						tally.Numerator++
					}
				}
				counts[r.inspection+" "+measure] = tally
			}
		}
	}
	return counts
}

// What the engine counts is what plain loops count, on one word of questions and on several.
func TestEqualsPlainCounts(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds, of which a short run has few")
	}
	for seed, n := range []int{1, 12, 31, 32, 33, 63, 64, 65, 96, 130, 200} {
		rng := rand.New(rand.NewPCG(7, uint64(seed)))
		questions := asking(rng, n)
		rows := synthetic(rng, 4, 9, n)
		got := make(map[string]Tally)
		for _, i := range scored(t, scorer(), questions, written(t, "j.csv", rows)).Inspections {
			for _, one := range i.Scores {
				got[i.ID+" "+one.Measure] = one.Tally
			}
		}
		if diff := gocmp.Diff(counted(questions, rows), got); diff != "" {
			t.Errorf("%d questions (-plain +engine):\n%s", n, diff)
		}
	}
}

// How the same judgements are laid out changes no byte: threads, order, format, how they are cut into files.
func TestSameBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds, of which a short run has few")
	}
	rng := rand.New(rand.NewPCG(11, 11))
	questions := asking(rng, 70)
	rows := synthetic(rng, 5, 30, 70)
	whole := written(t, "j.csv", rows)
	want := text(t, scored(t, scorer(), questions, whole))
	shuffled := slices.Clone(rows)
	rng.Shuffle(len(shuffled), func(a, b int) { shuffled[a], shuffled[b] = shuffled[b], shuffled[a] })
	half := len(rows) / 2
	for name, files := range map[string][]string{
		"again":               {whole},
		"shuffled":            {written(t, "j.csv", shuffled)},
		"Parquet":             {parquetOf(t, whole)},
		"shuffled Parquet":    {parquetOf(t, written(t, "j.csv", shuffled))},
		"two files":           {written(t, "a.csv", rows[:half]), written(t, "b.csv", rows[half:])},
		"files the other way": {written(t, "b.csv", rows[half:]), written(t, "a.csv", rows[:half])},
		"three of two kinds": {written(t, "a.csv", shuffled[:9]), parquetOf(t, written(t, "b.csv", shuffled[9:half])),
			written(t, "c.csv", shuffled[half:])},
	} {
		for _, threads := range []int{1, 2, 4} {
			s := scorer()
			s.Threads = threads
			if got := text(t, scored(t, s, questions, files...)); got != want {
				t.Errorf("%s with %d threads:\n%s", name, threads, gocmp.Diff(want, got))
			}
		}
	}
	renamed := slices.Clone(questions)
	slices.Reverse(renamed)
	if got := text(t, scored(t, scorer(), renamed, whole)); got != want {
		t.Errorf("questions in another order:\n%s", gocmp.Diff(want, got))
	}
}

// Columns of integers in Parquet are names like any other.
func TestParquetIntegers(t *testing.T) {
	questions := []Question{{ID: "1", Criterion: "c"}, {ID: "2", Criterion: "c"}}
	fromCSV := scored(t, scorer(), questions,
		written(t, "j.csv", []judged{{"7", "1", "1", "sufficient"}, {"7", "2", "2", "insufficient"}}))
	fromParquet := scored(t, scorer(), questions, parquet(
		t,
		"j.parquet",
		`select 'sufficient' as judgement, 1 as question, 1::bigint as "case", 7::utinyint as inspection union all select 'insufficient', 2, 2, 7`,
	))
	if diff := gocmp.Diff(text(t, fromCSV), text(t, fromParquet)); diff != "" {
		t.Error(diff)
	}
}

// Laws of the rule, on drawn judgements: what is not applicable changes nothing, an inspection is scored the same
// whatever is scored with it, and as many cases again leave every percentage as it was.
func TestProperties(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds, of which a short run has few")
	}
	drawn := rapid.Custom(func(rt *rapid.T) [2]uint64 {
		return [2]uint64{rapid.Uint64().Draw(rt, "a"), rapid.Uint64().Draw(rt, "b")}
	})
	for n := range 8 {
		seed := drawn.Example(n)
		rng := rand.New(rand.NewPCG(seed[0], seed[1]))
		questions := asking(rng, 1+rng.IntN(40))
		rows := synthetic(rng, 1+rng.IntN(3), 1+rng.IntN(12), len(questions)-1)
		if len(rows) == 0 {
			continue
		}
		base := scored(t, scorer(), questions, written(t, "j.csv", rows))

		more := slices.Clone(rows)
		for _, i := range base.Inspections {
			more = append(more, judged{i.ID, "case 0", questions[len(questions)-1].ID, "not_applicable"})
		}
		added := scored(t, scorer(), questions, written(t, "j.csv", more))
		twice := slices.Clone(rows)
		for _, r := range rows {
			twice = append(twice, judged{r.inspection, "again " + r.name, r.question, r.judgement})
		}
		doubled := scored(t, scorer(), questions, written(t, "j.csv", twice))
		first := slices.DeleteFunc(slices.Clone(rows),
			func(r judged) bool { return r.inspection != rows[0].inspection })
		alone := scored(t, scorer(), questions, written(t, "j.csv", first))
		for k, i := range base.Inspections {
			if diff := gocmp.Diff(i.Scores, added.Inspections[k].Scores); diff != "" {
				t.Errorf("seed %v: with a judgement that is not applicable:\n%s", seed, diff)
			}
			for m, one := range i.Scores {
				was, wasKnown := one.Percent()
				is, isKnown := doubled.Inspections[k].Scores[m].Percent()
				if was != is || wasKnown != isKnown {
					t.Errorf("seed %v: %s %s: %v, with every case twice %v", seed, i.ID, one.Measure, was, is)
				}
				if one.Interval != nil &&
					(one.Interval.Lower > one.Interval.Upper || one.Interval.Lower < 0 || one.Interval.Upper > 100) {
					t.Errorf("seed %v: %s %s: the interval %v", seed, i.ID, one.Measure, *one.Interval)
				}
			}
			if i.ID == alone.Inspections[0].ID {
				if diff := gocmp.Diff(i, alone.Inspections[0]); diff != "" {
					t.Errorf("seed %v: alone:\n%s", seed, diff)
				}
			}
		}
	}
}

// The sums over cases that an interval rests on are those of plain loops, on one word of questions and on several.
func TestIntervalOfPlainSums(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds, of which a short run has few")
	}
	for _, n := range []int{12, 65, 130} {
		rng := rand.New(rand.NewPCG(3, uint64(n)))
		questions := asking(rng, n)
		rows := synthetic(rng, 1, 40, n)
		result := scored(t, scorer(), questions, written(t, "j.csv", rows))
		for _, one := range result.Inspections[0].Scores {
			by := make(map[string]Tally)
			for _, r := range rows {
				tally := counted(questions, []judged{r})[r.inspection+" "+one.Measure]
				sum := by[r.name]
				by[r.name] = Tally{sum.Numerator + tally.Numerator, sum.Denominator + tally.Denominator}
			}
			var cases stats.ClusterSums
			for _, tally := range by {
				cases.Add(tally.Numerator, tally.Denominator)
			}
			want, err := cases.Interval(stats.Confidence95)
			if err != nil {
				t.Fatal(err)
			}
			limits := stats.Interval{Lower: 100 * want.Lower, Upper: 100 * want.Upper}
			if one.Interval == nil || *one.Interval != limits || one.DesignEffect != want.DesignEffect ||
				one.Effective != want.Effective || one.Cases != int(cases.Clusters) {
				t.Errorf("%d questions, %s: %+v, want %+v", n, one.Measure, one, want)
			}
		}
	}
}

func TestNoInterval(t *testing.T) {
	questions := []Question{{ID: "q", Criterion: "c"}, {ID: "r", Criterion: "d"}}
	cases := func(n int, judgement string) []judged {
		rows := []judged{{"i", "not judged on q", "r", "sufficient"}}
		for c := range n {
			rows = append(rows, judged{"i", fmt.Sprint(c), "q", judgement})
		}
		return rows
	}
	for name, c := range map[string]struct {
		rows   []judged
		reason Reason
	}{
		"one case":             {cases(1, "sufficient"), TooFewCases},
		"nine cases":           {cases(9, "insufficient"), TooFewCases},
		"nothing applicable":   {cases(12, "not_applicable"), NothingApplicable},
		"ten, all sufficient":  {cases(10, "sufficient"), ""},
		"ten, none sufficient": {cases(10, "insufficient"), ""},
	} {
		one := scored(t, scorer(), questions, written(t, "j.csv", c.rows)).Inspections[0].Scores[0]
		if one.Reason != c.reason || (one.Interval == nil) != (c.reason != "") {
			t.Errorf("%s: %+v, want %q", name, one, c.reason)
		}
	}
}

// The engine opens the files it is given, and no other, and cannot be told otherwise.
func TestConfined(t *testing.T) {
	given, other := written(t, "j.csv", nil), written(t, "k.csv", nil)
	e, err := scorer().open(t.Context(), []string{given})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if _, err := e.db.Exec("select * from read_text('" + given + "')"); err != nil {
		t.Errorf("the file given: %v", err)
	}
	for statement, want := range map[string]string{
		"select * from read_text('" + other + "')":              "disabled",
		"select * from glob('/etc/*')":                          "disabled",
		"copy (select 1) to '" + other + ".new'":                "disabled",
		"set enable_external_access = true":                     "locked",
		"set memory_limit = '8GB'":                              "locked",
		"install httpfs":                                        "disabled",
		"select * from read_csv('https://example.org/x.csv')":   "disabled",
		"attach '" + filepath.Join(t.TempDir(), "x") + "' as x": "disabled",
	} {
		if _, err := e.db.Exec(statement); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q in it", statement, err, want)
		}
	}
	if _, err := os.Stat(e.spill); err != nil {
		t.Error(err)
	}
	if err := e.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(e.spill); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the spill is left: %v", err)
	}
}

// refused is what a scoring is refused for, a finding a line, files by their names alone.
func refused(t *testing.T, questions []Question, files ...string) ([]string, int) {
	t.Helper()
	_, err := scorer().Score(t.Context(), questions, files)
	var e *finding.Error
	if !errors.As(err, &e) {
		t.Fatalf("%v, want findings", err)
	}
	var lines []string
	for _, f := range e.Findings {
		f.File = filepath.Base(f.File)
		f.Fix = ""
		lines = append(lines, f.String())
	}
	return lines, e.Unlisted
}
