package e2e

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"yardstick/analytics"
	"yardstick/data/release"
)

// A record as large as a release may be is imported, published and served from a fresh start: with -soak two million
// statistics and as many results as areas and years have room for, without it a hundredth and a tenth of that. With
// -soak the results are asked for alone too. The figures are made up.
func TestSoakLimit(t *testing.T) {
	t.Run("everything", func(t *testing.T) { atTheLimit(t, cycles(20_000, analytics.MostObservations)) })
	if *soak {
		t.Run("results", func(t *testing.T) { atTheLimit(t, 1_000) })
	}
}

// atTheLimit serves so many statistics more than the shipped ones, as far as there is room, and results.
func atTheLimit(t *testing.T, statistics int) {
	home := homeWithRelease(t)
	shipped, err := release.Current(home)
	if err != nil {
		t.Fatal(err)
	}
	statistics = min(statistics, analytics.MostObservations-int(shipped.Rows["observation"]))
	made, results := madeUpResults(t, cycles(3_000, analytics.MostResults-int(shipped.Rows["result_row"])))
	files := t.TempDir()
	half := statistics / 2
	for name, content := range map[string]string{
		"first.csv":   madeUpStatistics(0, half),
		"second.csv":  madeUpStatistics(half, statistics),
		"results.csv": made,
	} {
		file := filepath.Join(files, name)
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		measured(t, "import", file, "--by", "ann", "--home", home)
	}
	measured(t, "publish", "--by", "ann", "--home", home)
	m, err := release.Current(home)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d statistics and %d results", m.Rows["observation"], m.Rows["result_row"])
	if got := m.Rows["observation"] - shipped.Rows["observation"]; got != int64(statistics) {
		t.Errorf("%d statistics more, not %d", got, statistics)
	}
	if got := m.Rows["result_row"] - shipped.Rows["result_row"]; got != int64(results) {
		t.Errorf("%d results more, not %d", got, results)
	}

	begun := time.Now()
	a := serveHome(t, home, 0, "url=")
	client := http.Client{Timeout: time.Minute}
	for _, path := range []string{"/", "/areas/derby", "/benchmarks", "/target", "/indicators?area=derby", "/overview"} {
		since := a.processor(t)
		var response *http.Response
		for range 60 {
			response, err = client.Get("http://" + a.address + path)
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			if response.StatusCode != http.StatusServiceUnavailable {
				break
			}
			time.Sleep(time.Second) // pages are being rendered ahead, and it is its turn later
		}
		if response.StatusCode != http.StatusOK {
			t.Errorf("%s: %s: %s", path, response.Status, a.said.String())
		}
		t.Logf("%s after %s: %s of processor time for it, %s since the start; %d MB", path,
			time.Since(begun).Round(time.Millisecond), a.processor(t)-since, a.processor(t), a.resident(t)>>20)
	}
}

// measured runs the program to its end, and says what it used.
func measured(t *testing.T, args ...string) {
	t.Helper()
	cmd, said := program(t, args...)
	if err := cmd.Run(); err != nil {
		text := said.String()
		t.Fatalf("%s: %v: %s", args[0], err, text[:min(len(text), 2000)])
	}
	used := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	t.Logf("%s: %s of processor time, %d MB at most", args[0],
		(cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Round(10*time.Millisecond), used.Maxrss>>10)
}

// madeUpStatistics is a file of the rows from one to before another.
func madeUpStatistics(from, to int) string {
	areas := []string{"derby", "leicester-city", "barking-and-dagenham", "cardiff", "Bristol", "Gwynedd and Ynys Môn"}
	indicators := []string{"fte_count", "fte_rate_per_100k", "custodial_sentences_count", "proven_offences_rate_per_1000"}
	first := time.Date(1985, 1, 1, 0, 0, 0, 0, time.UTC)
	var b strings.Builder
	b.WriteString("area,indicator,period_start,period_end,value,lower,upper,numerator,denominator,source_url,note\n")
	for n := from; n < to; n++ {
		period := n / len(areas) / len(indicators)
		start := first.AddDate(0, 0, period%12_000)
		fmt.Fprintf(&b, "%s,%s,%s,%s,%d,,,,,https://example.test/synthetic,synthetic\n", areas[n%len(areas)],
			indicators[n/len(areas)%len(indicators)], start.Format(time.DateOnly),
			start.AddDate(0, 0, 90+period/12_000).Format(time.DateOnly), n%1000)
	}
	return b.String()
}

// madeUpResults is a file of results, at most so many, of the two programmes with most measures, of every area and year
// that has no inspection near.
func madeUpResults(t *testing.T, most int) (content string, rows int) {
	t.Helper()
	record := record(t)
	var b strings.Builder
	b.WriteString("area,programme,publication_date,measure,rating,score_percent,source_url,source_title\n")
	inspected := func(area, programme string, year int) bool {
		return slices.ContainsFunc(record.InspectionsOf(area), func(i analytics.Inspection) bool {
			at := max(i.Published.Year, i.Fieldwork.Year)
			return i.Programme == programme && (at == 0 || year-1 <= at && at <= year+1)
		})
	}
	for _, wave := range []struct {
		programme   string
		first, last int
		values      []string // a rating and a score each
	}{
		{"yj2018", 2019, 2025, []string{"inadequate,", "requires_improvement,", "good,", "outstanding,"}},
		{"cci", 2010, 2012, []string{",58", ",66", ",71", ",80"}},
	} {
		for year := wave.first; year <= wave.last; year += 2 {
			for _, area := range record.Areas() {
				if !area.Current || area.ValidFrom.Year >= year || inspected(area.ID, wave.programme, year) {
					continue
				}
				for n, measure := range record.Measures(wave.programme) {
					if measure.ID == "oocd_policy_and_provision" {
						continue // it and joint working were never rated together
					}
					if rows == most {
						return b.String(), rows
					}
					fmt.Fprintf(&b, "%s,%s,%d-02-01,%s,%s,https://example.test/%s-%d,synthetic\n", area.ID, wave.programme,
						year, measure.ID, wave.values[(year+n+rows)%4], area.ID, year)
					rows++
				}
			}
		}
	}
	return b.String(), rows
}
