package store

import (
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"yardstick/data/release"
	"yardstick/data/release/releasetest"
	"yardstick/queries"
)

// server is an object store of somebody else's, on loopback, whose answers a test may change.
type server struct {
	*httptest.Server
	unchanged atomic.Int64 // answers 304
	gone      atomic.Bool  // it hangs up on everybody
	lost      atomic.Bool  // the answer to the next write of CURRENT is lost
	careless  atomic.Bool  // it ignores conditions of writes
	backend   *s3mem.Backend
}

type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// start returns an empty store in memory with the bucket "releases".
func start(t *testing.T) *server {
	t.Helper()
	s := &server{backend: s3mem.New()}
	fake := gofakes3.New(s.backend).Server()
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.gone.Load() {
			panic(http.ErrAbortHandler)
		}
		if s.careless.Load() && r.Method == http.MethodPut {
			r.Header.Del("If-Match")
			r.Header.Del("If-None-Match")
		}
		if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "/CURRENT") && s.lost.CompareAndSwap(true, false) {
			fake.ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		}
		to := &recorder{ResponseWriter: w}
		fake.ServeHTTP(to, r)
		if to.status == http.StatusNotModified {
			s.unchanged.Add(1)
		}
	}))
	t.Cleanup(s.Close)
	if err := s.backend.CreateBucket("releases"); err != nil {
		t.Fatal(err)
	}
	environment(t, s.URL)
	return s
}

func environment(t *testing.T, endpoint string) {
	t.Helper()
	for name, value := range map[string]string{"AWS_ENDPOINT_URL": endpoint, "AWS_ENDPOINT_URL_S3": "", "AWS_REGION": "",
		"AWS_DEFAULT_REGION": "", "AWS_ACCESS_KEY_ID": "tester", "AWS_SECRET_ACCESS_KEY": "secretsecret"} {
		t.Setenv(name, value)
	}
}

func mustOpen(t *testing.T) *Store {
	t.Helper()
	s, err := Open("s3://releases/site/one")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func builder(home string, record fs.FS) release.Builder {
	return release.Builder{Home: home, Record: record, Queries: queries.Files(), Now: time.Now}
}

// titled is the small record with another title of one of its documents: another release.
func titled(t *testing.T, title string) fstest.MapFS {
	t.Helper()
	record := releasetest.Record()
	text := string(record["SOURCES.csv"].Data)
	lines := strings.SplitN(text, "\n", 3)
	cells := strings.SplitN(lines[1], ",", 3)
	cells[1] = title
	lines[1] = strings.Join(cells, ",")
	record["SOURCES.csv"] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n"))}
	return record
}

// homes are those that were built already, by the titles of their releases. Building takes seconds.
var homes = make(map[string]string)

func TestMain(m *testing.M) {
	code := m.Run()
	for _, home := range homes {
		os.RemoveAll(home)
	}
	os.Exit(code)
}

// homeOf returns a copy of a home that made a release for each title, in order, and the manifest of the last.
func homeOf(t *testing.T, titles ...string) (string, release.Manifest) {
	t.Helper()
	home := filepath.Join(t.TempDir(), "home")
	key := strings.Join(titles, ", ")
	if homes[key] == "" {
		kept, err := os.MkdirTemp("", "yardstick-store-")
		if err != nil {
			t.Fatal(err)
		}
		if len(titles) > 1 {
			before, _ := homeOf(t, titles[:len(titles)-1]...)
			if err := os.CopyFS(kept, os.DirFS(before)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := builder(kept, titled(t, titles[len(titles)-1])).Build(t.Context()); err != nil {
			t.Fatal(err)
		}
		homes[key] = kept
	}
	if err := os.CopyFS(home, os.DirFS(homes[key])); err != nil {
		t.Fatal(err)
	}
	m, err := release.Current(home)
	if err != nil {
		t.Fatal(err)
	}
	return home, m
}

func follower(t *testing.T, s *Store) *Follower {
	t.Helper()
	program, err := release.Builder{Queries: queries.Files()}.Program()
	if err != nil {
		t.Fatal(err)
	}
	return &Follower{Store: s, Home: t.TempDir(), Program: program}
}

// next brings the store's release into a follower's home, and fails where it is not the one wanted.
func next(t *testing.T, f *Follower, want release.Manifest) {
	t.Helper()
	m, moved, err := f.Next(t.Context())
	if err != nil || !moved || m.ID != want.ID {
		t.Fatalf("got release %.12s, moved %t, %v; want %.12s", m.ID, moved, err, want.ID)
	}
	if _, err := release.Of(f.Home, m.ID); err != nil {
		t.Error(err)
	}
}

func TestReleasesTravelThroughAStore(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	server := start(t)
	travel(t)
	if n := server.unchanged.Load(); n != 1 {
		t.Errorf("%d answers were 304, not 1", n)
	}
}

// travel publishes two releases from one home and follows them into another.
func travel(t *testing.T) {
	s := mustOpen(t)
	home, first := homeOf(t, "First")
	f := follower(t, s)
	if _, _, err := f.Next(t.Context()); err == nil || !strings.Contains(err.Error(), "has no release yet") {
		t.Errorf("an empty store: %v", err)
	}
	pushed, err := s.Push(t.Context(), home, "")
	if err != nil {
		t.Fatal(err)
	}
	if pushed.Release != first.ID || pushed.Previous != "" || pushed.Files != 3 {
		t.Errorf("pushed %+v", pushed)
	}
	next(t, f, first)
	if _, moved, err := f.Next(t.Context()); moved || err != nil {
		t.Errorf("nothing moved, but: %t, %v", moved, err)
	}
	if pushed, err = s.Push(t.Context(), home, ""); err != nil || pushed.Files != 0 {
		t.Errorf("pushed again: %+v, %v", pushed, err)
	}
	home, second := homeOf(t, "First", "Second")
	if pushed, err = s.Push(t.Context(), home, ""); err != nil || pushed.Previous != first.ID {
		t.Fatalf("pushed %+v, %v", pushed, err)
	}
	next(t, f, second)

	// A home that never saw the first has its manifest and its record, to build it again from.
	late := follower(t, s)
	next(t, late, second)
	if err := late.Earlier(t.Context(), second); err != nil {
		t.Fatal(err)
	}
	if err := release.Point(late.Home, second.ID); err != nil {
		t.Fatal(err)
	}
	earlier := release.Earlier(late.Home)
	if len(earlier) != 1 || earlier[0].ID != first.ID {
		t.Fatalf("earlier releases: %+v", earlier)
	}
	b := release.Builder{Home: late.Home, Queries: queries.Files(), Now: time.Now}
	if _, err := b.Again(t.Context(), earlier[0], t.TempDir()); err != nil {
		t.Error(err)
	}
}

// A home whose releases were never those of the store cannot replace what is there, unless it names it.
func TestStrangersAreNotOverwritten(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	start(t)
	s := mustOpen(t)
	mine, first := homeOf(t, "First")
	theirs, second := homeOf(t, "Theirs")
	if _, err := s.Push(t.Context(), mine, ""); err != nil {
		t.Fatal(err)
	}
	_, err := s.Push(t.Context(), theirs, "")
	var foreign *ForeignError
	if !errors.As(err, &foreign) || foreign.Theirs != first.ID {
		t.Fatalf("a stranger's push: %v", err)
	}
	next(t, follower(t, s), first)
	if _, err := s.Push(t.Context(), theirs, first.ID); err != nil {
		t.Fatal(err)
	}
	next(t, follower(t, s), second)
}

// Of publishers that push at the same moment from copies of one home, exactly one moves the pointer.
func TestOneOfManyPublishersWins(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	start(t)
	race(t)
}

func race(t *testing.T) {
	s := mustOpen(t)
	home, _ := homeOf(t, "First")
	if _, err := s.Push(t.Context(), home, ""); err != nil {
		t.Fatal(err)
	}
	const publishers = 3
	theirs, made := make([]string, publishers), make([]release.Manifest, publishers)
	for n := range publishers {
		theirs[n], made[n] = homeOf(t, "First", []string{"Second", "Third", "Fourth"}[n])
	}
	errs := make([]error, publishers)
	var all sync.WaitGroup
	for n := range publishers {
		all.Go(func() { _, errs[n] = s.Push(t.Context(), theirs[n], "") })
	}
	all.Wait()
	at, _, err := s.pointer(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	won := 0
	for n, err := range errs {
		switch {
		case err == nil && at.release == made[n].ID:
			won++
		case err == nil:
			t.Errorf("publisher %d was told that it published, and %.12s is there", n, at.release)
		case !strings.Contains(err.Error(), "somebody else published") && !errors.As(err, new(*ForeignError)):
			t.Errorf("publisher %d: %v", n, err)
		}
	}
	if won != 1 {
		t.Errorf("%d publishers won: %v", won, errs)
	}
}

func TestALostAnswerIsAskedForAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits")
	}
	server := start(t)
	s := mustOpen(t)
	home, m := homeOf(t, "First")
	server.lost.Store(true)
	if _, err := s.Push(t.Context(), home, ""); err != nil {
		t.Fatal(err)
	}
	next(t, follower(t, s), m)
}

func TestAStoreThatIgnoresConditionsIsRefused(t *testing.T) {
	server := start(t)
	server.careless.Store(true)
	s := mustOpen(t)
	home, _ := homeOf(t, "First")
	if _, err := s.Push(t.Context(), home, ""); err == nil ||
		!strings.Contains(err.Error(), "ignores conditional writes") {
		t.Errorf("got %v", err)
	}
	if _, _, err := s.pointer(t.Context(), ""); !errors.Is(err, errAbsent) {
		t.Errorf("the pointer: %v", err)
	}
}

// A file that was changed in the store is not taken, and what the home has stays; put right, it is.
func TestDamageIsNotTaken(t *testing.T) {
	if testing.Short() {
		t.Skip("it damages every file")
	}
	server := start(t)
	s := mustOpen(t)
	home, first := homeOf(t, "First")
	if _, err := s.Push(t.Context(), home, ""); err != nil {
		t.Fatal(err)
	}
	f := follower(t, s)
	next(t, f, first)
	home, second := homeOf(t, "First", "Second")
	if _, err := s.Push(t.Context(), home, ""); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(release.Path(home, second.ID))
	if err != nil {
		t.Fatal(err)
	}
	put := func(name string, content []byte) {
		t.Helper()
		_, err := server.backend.PutObject("releases", "site/one/"+name, map[string]string{},
			strings.NewReader(string(content)),
			int64(len(content)), nil)
		if err != nil {
			t.Fatal(err)
		}
	}
	database := "files/" + second.SHA256 + ".duckdb"
	flipped := append([]byte{}, whole...)
	flipped[len(flipped)/2] ^= 1
	manifest, err := release.ManifestText(home, second.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, object string
		bad, good    []byte
		says         string
	}{
		{"a flipped bit", database, flipped, whole, "damaged"},
		{"cut short", database, whole[:1000], whole, "damaged"},
		{"too long", database, append(append([]byte{}, whole...), 0), whole, "larger than its manifest says"},
		{"another manifest", "releases/" + second.ID + ".json", append(manifest, ' '), manifest,
			"not the one that was published"},
		{"a damaged pointer", "CURRENT", []byte(second.ID), nil, "does not name a release"},
	} {
		t.Run(c.name, func(t *testing.T) {
			pointer, _, err := s.read(t.Context(), "CURRENT", "")
			if err != nil {
				t.Fatal(err)
			}
			put(c.object, c.bad)
			if _, moved, err := f.Next(t.Context()); moved || err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("moved %t, %v", moved, err)
			}
			if m, err := release.Of(f.Home, first.ID); err != nil || m.ID != first.ID {
				t.Errorf("what was here: %v", err)
			}
			if left, _ := filepath.Glob(filepath.Join(f.Home, "building-*")); len(left) > 0 {
				t.Errorf("left %v", left)
			}
			if c.good == nil {
				c.good = pointer
			}
			put(c.object, c.good)
		})
	}
	next(t, f, second)
}

func TestAnotherVersionsReleaseIsRefused(t *testing.T) {
	start(t)
	s := mustOpen(t)
	home, _ := homeOf(t, "First")
	if _, err := s.Push(t.Context(), home, ""); err != nil {
		t.Fatal(err)
	}
	f := follower(t, s)
	f.Program = "another"
	if _, _, err := f.Next(t.Context()); err == nil || !strings.Contains(err.Error(), "another version of Yardstick") {
		t.Errorf("got %v", err)
	}
}

func TestErrorsAreInPlainWords(t *testing.T) {
	server := start(t)
	s := mustOpen(t)
	missing, err := Open("s3://nowhere/x")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := missing.pointer(t.Context(), ""); err == nil ||
		!strings.Contains(err.Error(), `there is no bucket "nowhere"`) {
		t.Errorf("no bucket: %v", err)
	}
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, "<Error><Code>AccessDenied</Code></Error>")
	}))
	defer refusing.Close()
	environment(t, refusing.URL)
	if _, _, err := mustOpen(t).pointer(t.Context(), ""); err == nil ||
		!strings.Contains(err.Error(), "does not let these credentials") {
		t.Errorf("forbidden: %v", err)
	}
	server.gone.Store(true)
	if _, _, err := s.pointer(t.Context(), ""); err == nil ||
		!strings.Contains(err.Error(), "cannot be reached, or broke off") {
		t.Errorf("gone: %v", err)
	}
	for address, says := range map[string]string{
		"":                   "s3://BUCKET/PREFIX",
		"releases/site":      "s3://BUCKET/PREFIX",
		"s3:///site":         "s3://BUCKET/PREFIX",
		"s3://u:p@releases":  "s3://BUCKET/PREFIX",
		"https://releases/x": "s3://BUCKET/PREFIX",
	} {
		if _, err := Open(address); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", address, err)
		}
	}
	for endpoint, says := range map[string]string{
		"http://store.example":     "without TLS",
		"store.example":            "is no address",
		"https://store.example/in": "is no address",
	} {
		t.Setenv("AWS_ENDPOINT_URL", endpoint)
		if _, err := Open("s3://releases"); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("endpoint %q: %v", endpoint, err)
		}
	}
}
