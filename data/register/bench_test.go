//go:build unix

package register

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"

	"yardstick/data"
	"yardstick/queries"
)

// typedRead is DuckDB's own read of a file of indicators, every column with its type, into a table in memory.
const typedRead = "testdata/typed_read.txt"

// syntheticIndicators is a file of indicators of so many rows. The figures are made up.
func syntheticIndicators(rows int) []byte {
	areas := []string{"derby", "leicester-city", "barking-and-dagenham", "cardiff", "Bristol", "Gwynedd and Ynys Môn"}
	indicators := []string{"fte_count", "fte_rate_per_100k", "custodial_sentences_count",
		"proven_offences_rate_per_1000"}
	day := time.Date(1985, 1, 1, 0, 0, 0, 0, time.UTC)
	var b bytes.Buffer
	b.WriteString("area,indicator,period_start,period_end,value,lower,upper,numerator,denominator,source_url,note\n")
	for n := range rows {
		start := day.AddDate(0, 0, n/len(areas)/len(indicators)%12_000)
		end := start.AddDate(0, 0, 90+n/len(areas)/len(indicators)/12_000)
		fmt.Fprintf(&b, "%s,%s,%s,%s,%d.%d,,,,,https://example.test/synthetic,synthetic\n", areas[n%len(areas)],
			indicators[n/len(areas)%len(indicators)], start.Format(time.DateOnly), end.Format(time.DateOnly), n%1000,
			n%10)
	}
	return b.Bytes()
}

// BenchmarkImportOfAMillionRows sets an import of a million synthetic rows, with every check of the record, beside
// DuckDB's own typed read of the same file: how many times its speed the import has.
func BenchmarkImportOfAMillionRows(b *testing.B) {
	const rows = 1_000_000
	content := syntheticIndicators(rows)
	file := filepath.Join(b.TempDir(), "synthetic.csv")
	if err := os.WriteFile(file, content, 0o644); err != nil {
		b.Fatal(err)
	}
	read, err := os.ReadFile(typedRead)
	if err != nil {
		b.Fatal(err)
	}
	var importing, reading, importingCPU, readingCPU time.Duration
	b.ResetTimer()
	for range b.N {
		began, cpu := time.Now(), processorTime()
		db, err := sql.Open("duckdb", "")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := db.ExecContext(b.Context(), string(read), file); err != nil {
			b.Fatal(err)
		}
		reading += time.Since(began)
		readingCPU += processorTime() - cpu
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
		runtime.GC()
		r := &Register{Home: b.TempDir(), Record: data.Record(), Queries: queries.Files(), Now: time.Now}
		began, cpu = time.Now(), processorTime()
		receipt, err := r.Import(b.Context(), Import{Name: "synthetic.csv", Content: content, By: "benchmark"})
		if err != nil || receipt.AddedRows != rows {
			b.Fatalf("%d rows added, %v", receipt.AddedRows, err)
		}
		importing += time.Since(began)
		importingCPU += processorTime() - cpu
	}
	b.ReportMetric(float64(rows*b.N)/importing.Seconds(), "rows/s")
	b.ReportMetric(reading.Seconds()/importing.Seconds(), "of_typed_read(>=0.4)")
	b.ReportMetric(readingCPU.Seconds()/importingCPU.Seconds(), "of_typed_read_by_processor_time")
}

// processorTime is what the process has used, which other work on the machine does not stretch much.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
