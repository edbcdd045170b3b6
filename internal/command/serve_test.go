package command

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/valyala/fasthttp"

	"yardstick/analytics"
	"yardstick/analytics/duck/ducktest"
	"yardstick/data"
)

// mostQuestions is how many questions a page may put to the database.
const mostQuestions = 6

// A page asks the database few questions, however much it shows, and a page that was shown before asks none.
func TestPagesAskFewQuestions(t *testing.T) {
	if testing.Short() {
		t.Skip("it needs the built assets")
	}
	store, err := ducktest.Open(data.Record(), analytics.Release{ID: "0123456789ab"})
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := analytics.Load(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	site, err := newServer(settings{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := site.Publish(snapshot); err != nil {
		t.Fatal(err)
	}
	handler := site.Handler()
	targets := []string{"/", "/areas", "/areas?q=leicest", "/inspections", "/compare", "/trends?theme=governance",
		"/map", "/methodology", "/benchmarks?as_of=2012-06-13&group=nation", "/benchmarks?of=leicester-city",
		"/indicators?area=dorset", "/nothing", "/areas/lecester",
		"/benchmarks?programme=cci&measure=safeguarding&group=family&of=leicester-city&as_of=2013",
		"/compare?with=leicester-city-fji-2016&with=leicestershire-and-rutland-cci-2012", "/api/v1/results",
		"/api/v1/benchmarks?programme=cci&measure=safeguarding&group=region&as_of=2011"}
	for n, i := range snapshot.Inspections() {
		if n%10 == 0 {
			targets = append(targets, "/inspections/"+i.ID, "/cy/areas/"+i.Area)
		}
	}
	total := int64(0)
	for round := range 2 {
		for _, target := range targets {
			before := store.Asked()
			var ctx fasthttp.RequestCtx
			ctx.Request.SetRequestURI(target)
			handler(&ctx)
			if status := ctx.Response.StatusCode(); status != 200 && status != 404 {
				t.Errorf("%s: status %d", target, status)
			}
			asked := store.Asked() - before
			if asked > mostQuestions*int64(1-round) {
				t.Errorf("%s, round %d: %d questions", target, round+1, asked)
			}
			total += asked
		}
	}
	if total == 0 {
		t.Error("no page asked anything")
	}
}

// A home whose register is all that was restored is not served with the shipped record, which would show again what the
// office withdrew: the release is to be published first.
func TestARestoredRegisterIsPublishedFirst(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs commands on a home")
	}
	home := t.TempDir()
	run := func(args ...string) {
		t.Helper()
		var out, errOut bytes.Buffer
		if code := Run(t.Context(), "test", append(args, "--home", home), &out, &errOut); code != 0 {
			t.Fatalf("%q: %d, %s%s", args, code, &out, &errOut)
		}
	}
	run("withdraw", "leicester-city-fji-2016", "--why", "synthetic", "--by", "ann")
	run("publish", "--by", "ann")
	if err := errors.Join(os.RemoveAll(filepath.Join(home, "releases")),
		os.Remove(filepath.Join(home, "CURRENT"))); err != nil {
		t.Fatal(err)
	}
	log := logger(io.Discard, false)
	if _, err := openRelease(t.Context(), home, log); err == nil || !strings.Contains(err.Error(), "publish") {
		t.Errorf("opens: %v", err)
	}
	run("publish", "--by", "ann")
	if _, err := openRelease(t.Context(), home, log); err != nil {
		t.Error(err)
	}
}
