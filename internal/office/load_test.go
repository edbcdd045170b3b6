package office

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// tenThousand is a file of 10,000 made-up figures: one for each day.
func tenThousand() string {
	var sheet strings.Builder
	sheet.WriteString("area,indicator,period_start,period_end,value,level,source_url\n")
	for n := range 10_000 {
		day := time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n).Format("2006-01-02")
		fmt.Fprintf(&sheet, "essex,fte_count,%s,%s,%d,area,https://example.test/f\n", day, day, n)
	}
	return sheet.String()
}

// took is how long work took, each time.
func took(times int, work func()) []time.Duration {
	var out []time.Duration
	for range times {
		begun := time.Now()
		work()
		out = append(out, time.Since(begun))
	}
	slices.Sort(out)
	return out
}

// processor is the processor time that this process has used.
func processor(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func middle(all []time.Duration) time.Duration { return all[len(all)/2].Round(time.Millisecond) }

// docs/figures.md has what this test last said. Its bounds leave room for machines that do other work.
func TestWhatThePeopleOfTheOfficeWaitFor(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes minutes")
	}
	b := newBench(t, testSite)
	b.isPublic()
	big := b.sendFile("editor", tenThousand())
	before := took(5, func() {
		b.wants(b.get(publicationPath(big), b.as("editor")), http.StatusOK, "Added 10000, changed 0", "And 9000 more.")
	})
	t.Logf("the difference of 10,000 rows is shown in %v before it is handed in", middle(before))
	b.wants(b.post(publicationPath(big)+"/draft", b.as("editor"), url.Values{"hash": {b.at(big).Hash},
		"warnings": {"read"}}), http.StatusSeeOther)
	spent := processor(t)
	first := took(1, func() { b.wants(b.get(publicationPath(big), b.as("approver")), http.StatusOK) })
	again := took(5, func() { b.wants(b.get(publicationPath(big), b.as("approver")), http.StatusOK) })
	t.Logf("handed in: %v the first time, then %v", middle(first), middle(again))
	t.Logf("handed in: %v of processor time for the six", (processor(t) - spent).Round(time.Millisecond))

	id := b.draftFile("editor", corrected)
	preview := publicationPath(id) + "/preview"
	built := took(1, func() { b.wants(b.get(preview+"/", b.as("approver")), http.StatusOK) })
	pages := []string{"/", "/inspections/kent-yj2025-2027", "/areas/kent", "/inspections", "/benchmarks",
		"/cy/areas/essex"}
	var shown []time.Duration
	spent = processor(t)
	for _, page := range pages {
		shown = append(shown, took(1, func() { b.wants(b.get(preview+page, b.as("approver")), http.StatusOK) })...)
	}
	spent = (processor(t) - spent) / time.Duration(len(pages))
	slices.Sort(shown)
	t.Logf("a preview is built in %v; its pages take %v, at most %v, and %v of processor time on average", middle(built),
		middle(shown), shown[len(shown)-1].Round(time.Millisecond), spent.Round(time.Millisecond))

	const people, rounds = 20, 5
	ask := []string{"/", "/publications", publicationPath(id), publicationPath(big), preview + "/areas/kent",
		noticePath(id, "kent-yj2025-2027"), "/plan/2027", "/brief"}
	var mu sync.Mutex
	var waits []time.Duration
	failed, slowest := 0, make(map[string]time.Duration)
	var together sync.WaitGroup
	begun := time.Now()
	for n := range people {
		cookie := b.as([]string{"editor", "approver", "publisher"}[n%3])
		together.Go(func() {
			for round := range rounds * len(ask) {
				path, asked := ask[(round+n)%len(ask)], time.Now()
				w := b.get(path, cookie)
				mu.Lock()
				waits = append(waits, time.Since(asked))
				slowest[path] = max(slowest[path], time.Since(asked).Round(time.Millisecond))
				if w.Code != http.StatusOK {
					failed++
				}
				mu.Unlock()
			}
		})
	}
	together.Wait()
	slices.Sort(waits)
	t.Logf("%d people at once, %d answers in %v: half within %v, 95 of 100 within %v, all within %v", people, len(waits),
		time.Since(begun).Round(time.Second), middle(waits), waits[len(waits)*95/100].Round(time.Millisecond),
		waits[len(waits)-1].Round(time.Millisecond))
	t.Logf("the slowest answer of each page: %v", slowest)
	if failed > 0 {
		t.Errorf("%d answers failed: %s", failed, b.log.String())
	}
	const slack = 5 // of machines that do other work
	if middle(before) > slack*time.Second || middle(first) > slack*time.Second || middle(again) > slack*time.Second ||
		middle(shown) > slack*300*time.Millisecond {
		t.Error("people wait too long")
	}
}
