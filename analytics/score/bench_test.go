package score

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// How many judgements the benchmarks score: ten million unless YARDSTICK_BENCH_JUDGEMENTS says otherwise. They are
// synthetic: 60 questions in each of 100 cases of each inspection. Clustered is in the order in which a file would be
// written, inspection by inspection and case by case; scattered has every judgement far from the others of its case.
func judgementsToScore(b *testing.B) int {
	b.Helper()
	n, err := strconv.Atoi(os.Getenv("YARDSTICK_BENCH_JUDGEMENTS"))
	if err != nil {
		return 10_000_000
	}
	return n
}

const syntheticSQL = `
	select 'area-' || (i // 6000) || '-and-another-cci-' || (2009 + (i // 6000) %% 4) as inspection,
	       'case-' || ((i // 60) %% 100) as "case",
	       'q' || (i %% 60) as question,
	       case when hash(i) %% 10 < 6 then 'sufficient' when hash(i) %% 10 < 9 then 'insufficient' else 'not_applicable' end as judgement
	from (select %s as i from range(%d) t(r))`

func synthesise(b *testing.B, to string, scattered bool) {
	b.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	n, place := judgementsToScore(b), "r"
	if scattered {
		place = fmt.Sprintf("r * 2147483647 %% %d", n) // a prime, and so each place once
	}
	for _, statement := range []string{
		"set memory_limit = '1GB'",
		fmt.Sprintf("copy ("+syntheticSQL+") to '%s.parquet' (format parquet)", place, n, to),
		fmt.Sprintf("attach '%s.duckdb' as held", to),
		fmt.Sprintf("create table held.judgement as from '%s.parquet'", to),
		"detach held",
	} {
		if _, err := db.Exec(statement); err != nil {
			b.Fatal(err)
		}
	}
}

// sixtyQuestions count for 7 criteria in each of 3 sections, and half of them for a headline or two.
func sixtyQuestions() []Question {
	var all []Question
	for q := range 60 {
		one := Question{
			ID:        fmt.Sprintf("q%d", q),
			Criterion: fmt.Sprintf("criterion_%d_%d", 1+q/20, 1+q%7),
			Section:   fmt.Sprintf("section_%d", 1+q/20),
		}
		one.Headlines = [][]string{{"safeguarding"}, {"risk_of_harm", "safeguarding"}, {"likelihood_of_reoffending"}, nil,
			nil}[q%5]
		all = append(all, one)
	}
	return all
}

// peak is the most memory the process has held since it was last asked, in MB; 0 where the system does not tell.
func peak() float64 {
	status, _ := os.ReadFile("/proc/self/status")
	kilobytes := 0.0
	for line := range strings.Lines(string(status)) {
		if strings.HasPrefix(line, "VmHWM:") {
			fmt.Sscanf(line, "VmHWM: %f", &kilobytes)
		}
	}
	os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // begins again; where that cannot be done it only grows
	return kilobytes / 1024
}

// BenchmarkScore scores criteria, sections and headlines at once, with their intervals, and in the same run reads
// the inspection, the question and the judgement of every row: x-scan is the time of scoring in times of a scan that
// compares every text (max), x-lengths in times of one that looks at no letter of them (strlen), by medians.
func BenchmarkScore(b *testing.B) {
	for _, order := range []string{"clustered", "scattered"} {
		files := filepath.Join(b.TempDir(), order)
		synthesise(b, files, order == "scattered")
		for kind, file := range map[string]string{"table": files + ".duckdb", "Parquet": files + ".parquet"} {
			b.Run(order+"/"+kind, func(b *testing.B) { benchmarkScore(b, file) })
		}
	}
}

func benchmarkScore(b *testing.B, file string) {
	ctx := b.Context()
	s := scorer()
	s.Memory, s.Threads = DefaultMemory, 0
	scheme := newScheme(sixtyQuestions())
	var scans, lengths, scorings []time.Duration
	peak()
	for b.Loop() {
		e, err := s.open(ctx, []string{file, file + ".wal"})
		if err != nil {
			b.Fatal(err)
		}
		must := func(statement string) {
			if _, err := e.db.ExecContext(ctx, statement); err != nil {
				b.Fatal(err)
			}
		}
		if strings.HasSuffix(file, ".duckdb") {
			must("attach '" + file + "' as held (read_only)")
			must("create temp view judgement as from held.judgement")
		} else {
			must("set variable path = '" + file + "'")
			if _, err := e.do(ctx, "score/parquet.sql"); err != nil {
				b.Fatal(err)
			}
		}
		begun := time.Now()
		must("select sum(strlen(inspection)), sum(strlen(question)), sum(strlen(judgement)) from judgement")
		lengths = append(lengths, time.Since(begun))
		begun = time.Now()
		must("select max(inspection), max(question), max(judgement) from judgement")
		scans = append(scans, time.Since(begun))
		begun = time.Now()
		if err := e.prepare(ctx, scheme); err != nil {
			b.Fatal(err)
		}
		for _, name := range []string{"score/collapse.sql", "score/name_inspections.sql"} {
			if _, err := e.do(ctx, name); err != nil {
				b.Fatal(err)
			}
		}
		if err := e.check(ctx, nil); err != nil {
			b.Fatal(err)
		}
		result, err := s.score(ctx, e, scheme)
		if err != nil {
			b.Fatal(err)
		}
		scorings = append(scorings, time.Since(begun))
		total := int64(0)
		for _, i := range result.Inspections {
			for _, one := range i.Scores {
				if strings.HasPrefix(one.Measure, "section_") {
					total += one.Denominator
				}
			}
		}
		if n := int64(judgementsToScore(b)); total < n*8/10 || total > n {
			b.Fatalf("%d applicable judgements of %d", total, n)
		}
		if err := e.Close(); err != nil {
			b.Fatal(err)
		}
	}
	middle := func(of []time.Duration) float64 { slices.Sort(of); return of[len(of)/2].Seconds() }
	b.ReportMetric(middle(scorings)/middle(scans), "x-scan")
	b.ReportMetric(middle(scorings)/middle(lengths), "x-lengths")
	b.ReportMetric(float64(judgementsToScore(b))/middle(scorings)/1e6, "M-judgements/s")
	b.ReportMetric(peak(), "MB-peak")
}

// BenchmarkIntervals scores one inspection of 100 cases, and does the counting alone: x-counts is the first in times of
// the second.
func BenchmarkIntervals(b *testing.B) {
	scheme := newScheme(sixtyQuestions())
	from := &Cases{Inspection: "area-1-cci-2011"}
	for c := range uint64(100) {
		half := [2]Said{Said(c * 0x9e3779b97f4a7c15), Said(c * 0xbf58476d1ce4e5b9 >> 8)}
		from.Words = append(from.Words, Word{Case: c, Half: half})
	}
	counts := make([]Tally, len(scheme.measures))
	var counting, scoring time.Duration
	for b.Loop() {
		begun := time.Now()
		for range 100 {
			for _, w := range from.Words {
				scheme.count(w, counts)
			}
		}
		counting += time.Since(begun)
		begun = time.Now()
		for range 100 {
			scheme.score(from)
		}
		scoring += time.Since(begun)
	}
	b.ReportMetric(scoring.Seconds()/counting.Seconds(), "x-counts")
}
