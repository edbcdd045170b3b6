package target

import (
	"fmt"
	"os"
	"syscall"
	"testing"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/fake"
)

var today = time.Date(2026, time.November, 21, 0, 0, 0, 0, time.UTC)

func TestX(t *testing.T) {
	r, err := fake.Open(os.DirFS("../../data"), analytics.Release{ID: "shipped", Built: today})
	if err != nil {
		t.Fatal(err)
	}
	s, err := analytics.Load(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	st := New(s)
	t0 := time.Now()
	d := st.Board(DefaultAssumptions())
	fmt.Println("first", time.Since(t0))
	t0 = time.Now()
	for range 20 {
		st.Board(DefaultAssumptions())
	}
	fmt.Println("whatif", time.Since(t0)/20)
	for _, c := range d.Criteria {
		y := -9.0
		if c.YearToYear != nil {
			y = *c.YearToYear
		}
		fmt.Printf("%s %s known %d used %v %s mean %.3f tau %.3f nat %.3f %v rel %.3f y2y %.3f\n", c.Criterion, c.Indicator, c.Known, c.Used, c.Method, c.Mean, c.Between, c.National, c.Published, c.Reliability, y)
	}
	for _, a := range d.Areas[:16] {
		fmt.Printf("%s P %.3f E %.1f %d-%d rank %d %s %v\n", a.Area, a.Probability, a.Expected, a.Lower, a.Upper, a.Rank, a.Role, a.Reasons)
	}
	for _, a := range d.Apart {
		fmt.Printf("apart %s %s P %.3f known %.2f %v\n", a.Area, a.Apart, a.Probability, a.Known, a.Gaps)
	}
	for _, sh := range d.Shifts {
		fmt.Println(sh.Criterion, sh.Weight, sh.Enters, sh.Leaves)
	}
	t0 = time.Now()
	b := st.Backtest()
	fmt.Println("backtest", time.Since(t0), b.Inspections, b.Undated, b.Days)
	show := func(n string, p Prediction) {
		fmt.Printf("%s n %d poor %d auc %.3f %v %s hits %d of %d exp %.2f p %.3f", n, p.Inspections, p.Poor, p.AUC, p.Interval, p.Verdict, p.Hits, p.Chosen, p.Expected, p.AtLeast)
		for _, b := range p.Bands {
			fmt.Printf(" [%d/%d]", b.Poor, b.Inspections)
		}
		fmt.Println()
	}
	show("desk", b.Desk)
	for c, p := range b.Criteria {
		show(string(c), p)
	}
}

func BenchmarkX(b *testing.B) {
	r, _ := fake.Open(os.DirFS("../../data"), analytics.Release{ID: "shipped", Built: today})
	s, _ := analytics.Load(b.Context(), r)
	st := New(s)
	st.Board(DefaultAssumptions())
	cpu := func() time.Duration {
		var u syscall.Rusage
		syscall.Getrusage(syscall.RUSAGE_SELF, &u)
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	b.ResetTimer()
	t0 := cpu()
	for b.Loop() {
		st.Board(DefaultAssumptions())
	}
	b.ReportMetric(float64((cpu()-t0).Microseconds())/1000/float64(b.N), "cpu-ms/op")
	t0 = cpu()
	for n := range 10 {
		day := today.AddDate(0, -n-1, 0)
		gather(newReader(s, &day), Draws, true)
	}
	b.ReportMetric(float64((cpu()-t0).Microseconds())/1000/10, "gather-cpu-ms")
	t0 = cpu()
	backtest(s)
	b.ReportMetric(float64((cpu()-t0).Microseconds())/1000, "backtest-cpu-ms")
}
