package server

import (
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what the operator may watch. Nothing in them names a reader or what one asked for.
type metrics struct {
	registry *prometheus.Registry
	answers  *prometheus.CounterVec   // by status
	seconds  *prometheus.HistogramVec // by first part of the path
	open     prometheus.Gauge         // connections
	served   *prometheus.GaugeVec     // seconds since 1970 at which the release was published, by its name
	refused  prometheus.Gauge         // 1 while a newer release is not served
	store    prometheus.Gauge         // seconds since 1970 at which the store last answered
	purges   *prometheus.CounterVec   // of shared caches, by result
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		answers: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "yardstick_answers_total", Help: "Answers, by status."}, []string{"status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "yardstick_answer_seconds", Help: "Seconds from a whole request to its answer, by kind of address.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}}, []string{"kind"}),
		open: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "yardstick_connections", Help: "Connections of readers that are open."}),
		served: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "yardstick_release_built_timestamp_seconds",
			Help: "When the release that is served was built, by its name; there is none before the first."},
			[]string{"release"}),
		refused: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "yardstick_release_refused", Help: "1 while a newer release is there and could not be served."}),
		store: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "yardstick_store_answered_timestamp_seconds",
			Help: "When object storage last answered; 0 for a server that does not follow one."}),
		purges: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "yardstick_purges_total", Help: "Purges of shared caches, by result."}, []string{"result"}),
	}
	m.registry.MustRegister(m.answers, m.seconds, m.open, m.served, m.refused, m.store, m.purges)
	return m
}

// observe counts an answer and how long it took.
func (m *metrics) observe(status int, kind string, took time.Duration) {
	m.answers.WithLabelValues(strconv.Itoa(status)).Inc()
	m.seconds.WithLabelValues(kind).Observe(took.Seconds())
}

// CountPurge counts a purge of shared caches.
func (s *Server) CountPurge(done bool) {
	result := "done"
	if !done {
		result = "failed"
	}
	s.metrics.purges.WithLabelValues(result).Inc()
}

// Refuse says whether there is a newer release that could not be served.
func (s *Server) Refuse(refused bool) {
	s.metrics.refused.Set(0)
	if refused {
		s.metrics.refused.Set(1)
	}
}

// StoreAnswered says that object storage answered at a moment.
func (s *Server) StoreAnswered(at time.Time) { s.metrics.store.Set(float64(at.Unix())) }

// kindOf returns the route that answered, as it is written in the table of routes: few, whatever readers ask for.
func kindOf(c *fiber.Ctx) string {
	if path := c.Route().Path; path != "" && path != "/" || c.Path() == "/" {
		return path
	}
	return "none"
}

// Probe returns what the operator's own listener serves: /healthz, /readyz and /metrics. It is no part of the site, so
// that no crowd of readers keeps a supervisor waiting. The metrics are the server's and those of the process.
func (s *Server) Probe(process ...prometheus.Collector) http.Handler {
	s.metrics.registry.MustRegister(process...)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "ok\n") // whoever asked has left
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		e, err := s.latest()
		if err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		io.WriteString(w, e.snapshot.Release().ID+"\n") // as above
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{}))
	return mux
}
