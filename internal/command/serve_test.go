package command

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/valyala/fasthttp"

	"yardstick/analytics"
)

// The database is asked when a release is opened, each question once, and never for a page.
func TestPagesAskNoDatabase(t *testing.T) {
	if testing.Short() {
		t.Skip("it needs the built assets")
	}
	s, err := open(t.Context(), settings{Home: t.TempDir()}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	loaded := s.store.Asked()
	questions := 0
	for _, subject := range []string{"reference", "areas", "inspections", "benchmarks", "history", "indicators", "trends"} {
		files, err := os.ReadDir(filepath.Join("../../queries", subject))
		if err != nil {
			t.Fatal(err)
		}
		questions += len(files)
	}
	if loaded == 0 || loaded > int64(questions) {
		t.Errorf("opening asks %d questions, of %d there are", loaded, questions)
	}
	handler := s.server.Handler()
	snapshot, err := analytics.Load(t.Context(), s.store)
	if err != nil {
		t.Fatal(err)
	}
	loaded = s.store.Asked()
	targets := []string{"/", "/areas", "/areas?q=leicest", "/inspections", "/compare", "/benchmarks?as_of=2012-06-13&group=nation", "/trends?theme=governance", "/indicators?area=dorset", "/map", "/methodology", "/nothing", "/areas/lecester",
		"/compare?with=leicester-city-fji-2016&with=leicestershire-and-rutland-cci-2012", "/api/v1/results", "/api/v1/benchmarks?programme=cci&measure=safeguarding&group=region&as_of=2011"}
	for n, i := range snapshot.Inspections() {
		if n%10 == 0 {
			targets = append(targets, "/inspections/"+i.ID, "/cy/areas/"+i.Area)
		}
	}
	for range 2 {
		for _, target := range targets {
			var ctx fasthttp.RequestCtx
			ctx.Request.SetRequestURI(target)
			handler(&ctx)
			if status := ctx.Response.StatusCode(); status != 200 && status != 404 {
				t.Errorf("%s: status %d", target, status)
			}
		}
	}
	if asked := s.store.Asked() - loaded; asked != 0 {
		t.Errorf("%d pages ask the database %d questions", len(targets), asked)
	}
}
