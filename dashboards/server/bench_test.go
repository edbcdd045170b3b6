package server

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"
	"github.com/valyala/fasthttp"

	"yardstick/analytics"
	"yardstick/analytics/duck"
	"yardstick/dashboards/cache"
	"yardstick/dashboards/site"
	"yardstick/data"
	"yardstick/data/release"
	"yardstick/queries"
	"yardstick/static"
)

// Each benchmark runs its measures interleaved and reports what matters with its ceiling or floor in the name, so that
// a figure can be read without this file. Absolute times are those of the machine; ratios are what to hold on to.

// benchSite is a server over a release of the shipped record, built into a temporary home.
func benchSite(b *testing.B) (*Server, *duck.Store) {
	b.Helper()
	builder := release.Builder{Home: b.TempDir(), Record: data.Record(), Queries: queries.Files(), Now: time.Now}
	m, err := builder.Build(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	store, err := duck.Open(release.Path(builder.Home, m.ID), analytics.Release{ID: m.ID, Built: m.Built},
		queries.Files())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	s := benchServer(b)
	snapshot, err := analytics.Load(b.Context(), store)
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Publish(snapshot); err != nil {
		b.Fatal(err)
	}
	return s, store
}

func benchServer(b *testing.B) *Server {
	b.Helper()
	manifest, errManifest := static.Manifest()
	drawing, errDrawing := static.Drawing()
	if err := errors.Join(errManifest, errDrawing); err != nil {
		b.Fatal(err)
	}
	s, err := New(Config{
		Assets:   static.Dist(),
		Manifest: manifest,
		Drawing:  drawing,
		Log:      slog.New(slog.NewTextHandler(io.Discard, nil)),
		Now:      time.Now,
	})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// listen serves app on a loopback port until the benchmark ends.
func listen(b *testing.B, app *fiber.App) string {
	b.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go app.Listener(listener)
	b.Cleanup(func() { app.Shutdown() })
	return listener.Addr().String()
}

// throughput asks for the paths in turn over pipelined connections for a while, and gives requests a second.
func throughput(b *testing.B, addr string, paths []string, lasting time.Duration) float64 {
	b.Helper()
	client := &fasthttp.PipelineClient{Addr: addr, MaxConns: 4, MaxPendingRequests: 64}
	var asked atomic.Int64
	var workers sync.WaitGroup
	end := time.Now().Add(lasting)
	for n := range 32 {
		workers.Go(func() {
			request, response := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
			request.Header.Set("Accept-Encoding", "br")
			for at := n; time.Now().Before(end); at++ {
				request.SetRequestURI("http://" + addr + paths[at%len(paths)])
				if err := client.Do(request, response); err != nil || response.StatusCode() != fasthttp.StatusOK {
					b.Errorf("%s: %v %d", paths[at%len(paths)], err, response.StatusCode())
					return
				}
				asked.Add(1)
			}
		})
	}
	workers.Wait()
	return float64(asked.Load()) / lasting.Seconds()
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// BenchmarkWarmPages sets warm area pages, rotating over all areas in both languages, against the same server sending
// one constant compressed answer, in interleaved rounds; and counts the questions put to the database meanwhile.
func BenchmarkWarmPages(b *testing.B) {
	s, store := benchSite(b)
	if err := s.Warm(b.Context()); err != nil {
		b.Fatal(err)
	}
	e := s.current.Load()
	constant, err := e.rendered.Get("/areas/leicester-city",
		func() (*cache.Body, error) { return nil, errors.New("the page was not kept") })
	if err != nil {
		b.Fatal(err)
	}
	app := fiber.New(s.app.Config())
	app.Use(recover.New(), s.secureHeaders)
	app.Get("/*", func(c *fiber.Ctx) error { return s.send(c, constant) })
	var paths []string
	for _, a := range e.snapshot.Areas() {
		paths = append(paths, "/areas/"+a.ID, "/cy/areas/"+a.ID)
	}
	ours, ceiling := listen(b, s.app), listen(b, app)
	before := store.Asked()
	var ratios, rates []float64
	for b.Loop() {
		rate := throughput(b, ours, paths, 500*time.Millisecond)
		ratios = append(ratios, rate/throughput(b, ceiling, paths, 500*time.Millisecond))
		rates = append(rates, rate)
	}
	b.ReportMetric(median(ratios), "of-constant(>=0.9)")
	b.ReportMetric(median(rates), "pages/s")
	b.ReportMetric(float64(store.Asked()-before), "queries(=0)")
}

// BenchmarkUnkept makes answers that nobody asked for before, of each kind that readers can ask for in any number, and
// reports the processor time of one, compression included, with what it should be at most.
func BenchmarkUnkept(b *testing.B) {
	s, _ := benchSite(b)
	e := s.current.Load()
	if err := errors.Join(e.prepare(), e.snapshot.ReadAround(b.Context()), e.snapshot.ReadLocalities()); err != nil {
		b.Fatal(err)
	}
	var rated []string
	for _, i := range e.snapshot.Inspections() {
		if i.Programme == "yj2018" && len(i.Results) > 0 {
			rated = append(rated, i.ID)
		}
	}
	areas := e.snapshot.Areas()
	for _, c := range []struct {
		name    string
		most    string // milliseconds
		address func(n int) string
		status  int
	}{
		{"made-up", "0.5", func(n int) string { return "/areas/leicester-" + strconv.Itoa(n) }, fasthttp.StatusNotFound},
		{"inspection", "1.5", func(n int) string { return "/inspections/" + rated[n%len(rated)] }, 0},
		{"trends", "1.5", func(n int) string { return "/trends?theme=overall" }, 0},
		{"benchmarks", "1.5", func(n int) string { return "/benchmarks?programme=yj2018&measure=overall" }, 0},
		{"benchmarks-odd-day", "5", func(n int) string {
			day := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n%1500)
			return "/benchmarks?programme=yj2018&measure=overall&as_of=" + day.Format(time.DateOnly)
		}, 0},
		{"statistic", "5", func(n int) string {
			return "/indicators?area=" + areas[n%len(areas)].ID + "&indicator=reoffending_rate_percent"
		}, 0},
		{"compare-six", "3", func(n int) string {
			var with []string
			for k := range 6 {
				with = append(with, "with="+rated[(n+k*7)%len(rated)])
			}
			slices.Sort(with)
			return "/compare?" + strings.Join(with, "&")
		}, 0},
		{"map", "5", func(n int) string { return "/map" }, 0},
		{"inspections", "4", func(n int) string { return "/inspections?programme=yj2018" }, 0},
		{"xlsx", "5", func(n int) string {
			return "/take/inspections/" + rated[n%len(rated)] + "/provenance.xlsx"
		}, 0},
		{"image", "20", func(n int) string { return "/take/inspections/" + rated[n%len(rated)] + "/ratings.svg" }, 0},
		{"desk", "10", func(n int) string {
			return "/target?reoffending=" + strconv.Itoa(n%10) + "&custody=" + strconv.Itoa(n/10%10)
		}, 0},
	} {
		b.Run(c.name, func(b *testing.B) {
			var spent time.Duration
			n := 0
			for b.Loop() {
				b.StopTimer()
				var errs [3]error
				e.rendered, errs[0] = cache.New(mostRendered)
				e.typed, errs[1] = cache.New(mostTyped)
				e.built, errs[2] = newBuiltPages()
				if err := errors.Join(errs[:]...); err != nil {
					b.Fatal(err)
				}
				var request fasthttp.RequestCtx
				request.Request.SetRequestURI(c.address(n))
				request.Request.Header.Set("Accept-Encoding", "br")
				n++
				b.StartTimer()
				before := processorTime(b)
				s.Handler()(&request)
				spent += processorTime(b) - before
				if got := request.Response.StatusCode(); got != cmp.Or(c.status, fasthttp.StatusOK) {
					b.Fatalf("%s: %d", request.URI(), got)
				}
			}
			b.ReportMetric(spent.Seconds()*1000/float64(n), "cpu-ms(<"+c.most+")")
		})
	}
}

// processorTime returns how long the processors have worked for this process.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkReleaseToPages builds a release from the shipped record, its answers, and every area's page in both
// languages.
func BenchmarkReleaseToPages(b *testing.B) {
	for b.Loop() {
		s, _ := benchSite(b)
		if err := s.Warm(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s(<1)")
}

// BenchmarkWire measures what a browser is sent for the comparison: the page and its script, compressed.
func BenchmarkWire(b *testing.B) {
	s, _ := benchSite(b)
	addr := listen(b, s.app)
	size := func(path string) float64 {
		var request fasthttp.Request
		var response fasthttp.Response
		request.SetRequestURI("http://" + addr + path)
		request.Header.Set("Accept-Encoding", "br")
		if err := fasthttp.Do(&request, &response); err != nil {
			b.Fatal(err)
		}
		return float64(len(response.Body())) / 1000
	}
	for b.Loop() {
		b.ReportMetric(size("/compare?with=leicester-city-fji-2016&with=leicestershire-and-rutland-cci-2012"),
			"page-kB(<40)")
		b.ReportMetric(size(site.AssetRoot+s.config.Manifest["charts.js"]), "scripts-kB(<195)")
	}
}

// BenchmarkProcess starts the built program on a home that has a release, times it to its first page, puts it under
// load and reads its resident memory. It needs bin/yardstick: make bench builds it.
func BenchmarkProcess(b *testing.B) {
	program, err := filepath.Abs("../../bin/yardstick")
	if err != nil {
		b.Fatal(err)
	}
	if _, err := os.Stat(program); err != nil {
		b.Fatal("bin/yardstick is missing: run make build")
	}
	home := b.TempDir()
	builder := release.Builder{Home: home, Record: data.Record(), Queries: queries.Files(), Now: time.Now}
	if _, err := builder.Build(b.Context()); err != nil {
		b.Fatal(err)
	}
	var starts, memory []float64
	for b.Loop() {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			b.Fatal(err)
		}
		addr := listener.Addr().String()
		listener.Close()
		start := time.Now()
		cmd := exec.Command(program, "serve", "--addr", addr, "--home", home)
		if err := cmd.Start(); err != nil {
			b.Fatal(err)
		}
		awaitPage(b, "http://"+addr+"/areas/leicester-city")
		starts = append(starts, float64(time.Since(start).Milliseconds()))
		throughput(b, addr, []string{"/", "/areas", "/areas/cardiff", "/inspections", "/benchmarks", "/api/v1/results"},
			time.Second)
		memory = append(memory, resident(b, cmd.Process.Pid))
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait()
	}
	b.ReportMetric(median(starts), "ms-to-first-page(<100)")
	b.ReportMetric(median(memory), "MB-resident(<150)")
}

// awaitPage asks until the page is answered, for ten seconds at most.
func awaitPage(b *testing.B, url string) {
	b.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if status, _, err := fasthttp.Get(nil, url); err == nil && status == fasthttp.StatusOK {
			return
		}
	}
	b.Fatalf("%s was not answered", url)
}

// resident is a process's resident memory in megabytes, as the kernel of Linux tells it.
func resident(b *testing.B, pid int) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		b.Skip("resident memory is read from /proc, which this system has not")
	}
	for line := range bytes.Lines(status) {
		if rest, ok := strings.CutPrefix(string(line), "VmRSS:"); ok {
			kB, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			if err != nil {
				b.Fatal(err)
			}
			return kB / 1024
		}
	}
	b.Fatal("no resident memory in /proc")
	return 0
}
