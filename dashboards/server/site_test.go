package server

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/valyala/fasthttp/fasthttputil"

	"yardstick/analytics"
	"yardstick/dashboards/sitetest"
)

// The release that tests answer from, and the inspections they name most.
const (
	releaseID = sitetest.ReleaseID
	leicester = sitetest.Leicester
	rutland   = sitetest.Rutland
)

var (
	releaseBuilt = sitetest.Built
	with         = sitetest.With
)

func shipped(t testing.TB) *analytics.Snapshot { return sitetest.Shipped(t) }
func revised(t testing.TB) *analytics.Snapshot { return sitetest.Revised(t) }

// errorLog keeps what was logged at error level: requests that the server itself could not answer.
type errorLog struct {
	mu      sync.Mutex
	records []string
}

func (l *errorLog) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelError }

func (l *errorLog) Handle(_ context.Context, r slog.Record) error {
	text := r.Message
	r.Attrs(func(a slog.Attr) bool {
		text += " " + a.String()
		return true
	})
	l.mu.Lock()
	defer l.mu.Unlock()
	l.records = append(l.records, text)
	return nil
}

func (l *errorLog) WithAttrs([]slog.Attr) slog.Handler { return l }
func (l *errorLog) WithGroup(string) slog.Handler      { return l }

func (l *errorLog) all() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string(nil), l.records...)
}

// running is a server behind a listener in memory, so that requests pass through everything that real ones do.
type running struct {
	*Server
	log      *errorLog
	listener *fasthttputil.InmemoryListener
}

// testAssets are assets in the encodings that the build leaves, and their manifest.
func testAssets() (fs.FS, map[string]string) {
	files, manifest := fstest.MapFS{}, map[string]string{}
	for logical, content := range map[string]string{
		"site.css":    "body{margin:0}" + strings.Repeat("/* room to compress */", 50),
		"charts.js":   "'use strict';",
		"site.js":     "'use strict';",
		"favicon.svg": `<svg xmlns="http://www.w3.org/2000/svg"/>`,
	} {
		stem, ext, _ := strings.Cut(logical, ".")
		name := stem + ".1." + ext
		manifest[logical] = name
		files[name] = &fstest.MapFile{Data: []byte(content)}
		files[name+".br"] = &fstest.MapFile{
			Data: packed(content, func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) }),
		}
		files[name+".gz"] = &fstest.MapFile{
			Data: packed(content, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }),
		}
	}
	return files, manifest
}

// packed is content compressed into memory, which cannot fail.
func packed(content string, with func(io.Writer) io.WriteCloser) []byte {
	var out bytes.Buffer
	w := with(&out)
	io.WriteString(w, content)
	w.Close()
	return out.Bytes()
}

// testSite is where readers reach a site that knows where it stands; the others do not.
const testSite = "https://yardstick.example"

// newServer is a server without a release, and its log. The configuration says what its operator says.
func newServer(config Config) (*Server, *errorLog, error) {
	log := &errorLog{}
	config.Assets, config.Manifest = testAssets()
	config.Log, config.Now = slog.New(log), func() time.Time { return releaseBuilt }
	config.Drawing = `draw = (options) => '<svg xmlns="http://www.w3.org/2000/svg"></svg>'`
	s, err := New(config)
	return s, log, err
}

func startSite(snapshot *analytics.Snapshot, config Config) (*running, error) {
	server, log, err := newServer(config)
	if err != nil {
		return nil, err
	}
	if snapshot != nil {
		if err := server.Publish(snapshot); err != nil {
			return nil, err
		}
	}
	s := &running{Server: server, log: log, listener: fasthttputil.NewInmemoryListener()}
	go server.Serve(s.listener) // what it says is heard by the requests
	return s, nil
}

// newSite is a site of the test's own.
func newSite(t testing.TB, snapshot *analytics.Snapshot) *running {
	t.Helper()
	return siteAt(t, snapshot, "")
}

// sited is one site that knows where readers reach it, for every test that only reads; TestMain holds its log to be
// empty.
func sited(t testing.TB) *running {
	t.Helper()
	s, err := sitedSite()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func siteAt(t testing.TB, snapshot *analytics.Snapshot, address string) *running {
	t.Helper()
	s, err := startSite(snapshot, Config{Site: address})
	return untilDone(t, s, err)
}

// published is a site of the shipped record whose operator says who runs it, or how to be reached.
func published(t testing.TB, config Config) *running {
	t.Helper()
	s, err := startSite(shipped(t), config)
	return untilDone(t, s, err)
}

// untilDone ends a site with its test.
func untilDone(t testing.TB, s *running, err error) *running {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := s.Shutdown(ctx); err != nil {
			t.Error(err)
		}
	})
	return s
}

var sitedSite = sync.OnceValues(func() (*running, error) {
	snapshot, err := sitetest.Load()
	if err != nil {
		return nil, err
	}
	return startSite(snapshot, Config{Site: testSite})
})

var sharedSite = sync.OnceValues(func() (*running, error) {
	snapshot, err := sitetest.Load()
	if err != nil {
		return nil, err
	}
	return startSite(snapshot, Config{})
})

// shared is one site of the shipped record for every test that only reads; TestMain holds its log to be empty.
func shared(t testing.TB) *running {
	t.Helper()
	s, err := sharedSite()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestMain(m *testing.M) {
	code := m.Run()
	for _, site := range []func() (*running, error){sharedSite, sitedSite} {
		s, err := site()
		if err != nil {
			continue
		}
		for _, line := range s.log.all() {
			fmt.Fprintln(os.Stderr, "logged at error level by a shared site:", line)
			code = 1
		}
	}
	os.Exit(code)
}

// reply is what came back.
type reply struct {
	status int
	header http.Header
	body   []byte
}

func (r reply) text() string { return string(r.body) }

// get asks for a target as written, with header lines if any.
func (s *running) get(t testing.TB, target string, headers ...string) reply {
	t.Helper()
	return s.ask(t, http.MethodGet, target, headers...)
}

// ask sends a request whose target is put on the wire as it is written: no client tidies it up.
func (s *running) ask(t testing.TB, method, target string, headers ...string) reply {
	t.Helper()
	lines := append([]string{"Host: yardstick.test", "Connection: close"}, headers...)
	return s.raw(t, method, method+" "+target+" HTTP/1.1\r\n"+strings.Join(lines, "\r\n")+"\r\n\r\n")
}

// raw sends bytes, and reads one answer to them.
func (s *running) raw(t testing.TB, method, request string) reply {
	t.Helper()
	conn, err := s.listener.Dial()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	go io.WriteString(conn, request) // a server may answer and hang up before it has read all
	response, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%.100q: %v", request, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("%.100q: %v", request, err)
	}
	return reply{status: response.StatusCode, header: response.Header, body: body}
}

// decoded is a body without its content encoding.
func (r reply) decoded(t testing.TB) []byte {
	t.Helper()
	var reader io.Reader = bytes.NewReader(r.body)
	switch encoding := r.header.Get("Content-Encoding"); encoding {
	case "":
	case "br":
		reader = brotli.NewReader(reader)
	case "gzip":
		unzipped, err := gzip.NewReader(reader)
		if err != nil {
			t.Fatal(err)
		}
		reader = unzipped
	default:
		t.Fatalf("content encoding %q", encoding)
	}
	plain, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}
