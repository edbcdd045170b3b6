package ingest_test

import (
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"yardstick/data/finding"
)

// malformed is a file that must be refused, and one finding that must be among those that say why. Line 0 is the file
// as a whole; an empty column any.
type malformed struct {
	name    string
	content func() []byte
	rule    string
	line    int
	column  string
}

// The bounds within which any file is refused.
const (
	maxTime   = 2 * time.Second // of the processor, which a busy machine does not stretch
	maxMemory = 256 << 20
)

func corpus() []malformed {
	return slices.Concat(malformedCells(), malformedIndicators(), malformedHeaders(), malformedText(),
		malformedSheets(), malformedArchives(), malformedBombs(), malformedMany(), malformedODS())
}

// Every malformed file is refused whole, with the finding that helps, in time and in memory.
func TestMalformedFilesAreRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads hundreds of files")
	}
	var slowest time.Duration
	var slowestName, largestName string
	var largest uint64
	names := make(map[string]bool)
	files := corpus()
	for _, m := range files {
		if names[m.name] {
			t.Errorf("%s: there are two of this name", m.name)
		}
		names[m.name] = true
		content := m.content()
		runtime.GC()
		stop := watchHeap()
		began := processorTime()
		_, count, findings := read(m.name, content)
		took := processorTime() - began
		peak := stop()
		if took > slowest {
			slowest, slowestName = took, m.name
		}
		if peak > largest {
			largest, largestName = peak, m.name
		}
		if took > maxTime && !raceDetector {
			t.Errorf("%s: took %v", m.name, took)
		}
		if peak > maxMemory && !raceDetector {
			t.Errorf("%s: used %d MiB", m.name, peak>>20)
		}
		if count > 0 || !findings.Refused() {
			t.Errorf("%s: %d rows taken, findings %v", m.name, count, findings.Listed)
			continue
		}
		m.expect(t, findings.Listed)
	}
	t.Logf("%d malformed files; slowest %s, %v; most memory %s, %d MiB", len(files), slowestName, slowest, largestName,
		largest>>20)
}

func (m malformed) expect(t *testing.T, listed []finding.Finding) {
	t.Helper()
	found := slices.ContainsFunc(listed, func(f finding.Finding) bool {
		return f.Rule == m.rule && f.Line == m.line && (m.column == "" || f.Column == m.column)
	})
	if !found {
		t.Errorf("%s: no finding of rule %s, row %d, column %q among:\n%v", m.name, m.rule, m.line, m.column, listed)
	}
	for _, f := range listed {
		if f.File != m.name || f.Rule == "" || f.Problem == "" || f.Fix == "" {
			t.Errorf("%s: the finding lacks something: %+v", m.name, f)
		}
	}
}

// watchHeap samples the heap until the function it returns is called, which answers the most it rose by.
func watchHeap() func() uint64 {
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	var most atomic.Uint64
	quit, done := make(chan struct{}), make(chan struct{})
	sample := func(m *runtime.MemStats) {
		runtime.ReadMemStats(m)
		if m.HeapAlloc > before.HeapAlloc {
			most.Store(max(most.Load(), m.HeapAlloc-before.HeapAlloc))
		}
	}
	go func() {
		defer close(done)
		for {
			select {
			case <-quit:
				return
			case <-time.After(2 * time.Millisecond):
				sample(&now)
			}
		}
	}()
	return func() uint64 {
		close(quit)
		<-done
		sample(&now)
		return most.Load()
	}
}
