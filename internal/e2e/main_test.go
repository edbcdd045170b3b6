package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/duck"
	"yardstick/data"
	"yardstick/data/release"
	"yardstick/internal/command"
	"yardstick/queries"
)

// version is what the program under test says that it is.
const version = "test"

// shared is a folder for all tests, which TestMain makes and removes.
var shared string

// shippedHome is a home with a release of the shipped record, built once: tests copy it.
var shippedHome = sync.OnceValues(func() (string, error) {
	home := filepath.Join(shared, "home")
	_, err := release.Builder{
		Home:    home,
		Record:  data.Record(),
		Queries: queries.Files(),
		Now:     time.Now,
	}.Build(context.Background())
	return home, err
})

// shippedRecord is what the shipped record says, read as the site reads it.
var shippedRecord = sync.OnceValues(func() (*analytics.Snapshot, error) {
	home, err := shippedHome()
	if err != nil {
		return nil, err
	}
	m, err := release.Current(home)
	if err != nil {
		return nil, err
	}
	store, err := duck.Open(release.Path(home, m.ID), analytics.Release{ID: m.ID, Built: m.Built}, queries.Files())
	if err != nil {
		return nil, err
	}
	snapshot, err := analytics.Load(context.Background(), store)
	return snapshot, errors.Join(err, store.Close())
})

func record(t *testing.T) *analytics.Snapshot {
	t.Helper()
	snapshot, err := shippedRecord()
	if err != nil {
		t.Fatal(err)
	}
	return snapshot
}

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(command.Run(context.Background(), version, os.Args[1:], os.Stdout, os.Stderr))
	}
	if text := os.Getenv(asCrowd); text != "" {
		var c crowdOf
		if err := json.Unmarshal([]byte(text), &c); err != nil {
			panic(err)
		}
		c.run()
		os.Exit(0)
	}
	for _, setting := range os.Environ() { // whoever runs the tests may have a site of their own
		if name, _, _ := strings.Cut(setting, "="); strings.HasPrefix(name, "YARDSTICK_") {
			os.Unsetenv(name)
		}
	}
	err := os.Chdir("../..") // the laws read the whole repository
	if err != nil {
		panic(err)
	}
	if shared, err = os.MkdirTemp("", "yardstick-test-"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(shared)
	os.Exit(code)
}

// homeWithRelease is a home of the test's own that has a release already.
func homeWithRelease(t *testing.T) string {
	t.Helper()
	built, err := shippedHome()
	if err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(t.TempDir(), "home")
	if err := os.CopyFS(home, os.DirFS(built)); err != nil {
		t.Fatal(err)
	}
	return home
}

// output is a stream that one goroutine writes and another reads.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// told runs the program to its end.
func told(t *testing.T, args ...string) (code int, out, errOut string) {
	t.Helper()
	var stdout, stderr output
	code = command.Run(t.Context(), version, args, &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

func TestHelp(t *testing.T) {
	for args, says := range map[string]string{
		"--help": "Available Commands", "help": "Available Commands", "help serve": "YARDSTICK_ADDR",
		"serve --help": "YARDSTICK_ADDR",
		"serve -h":     "YARDSTICK_HOME", "check --help": "YARDSTICK_JSON", "import --help": "--embargo",
		"publish --help":  "--due",
		"withdraw --help": "--why", "export --help": "datapackage.json", "score --help": "YARDSTICK_QUESTIONS",
		"target --help": "YARDSTICK_AS_OF", "approve --help": "--why", "journal --help": "verify",
		"journal verify --help": "YARDSTICK_HOME", "--version": version,
	} {
		code, out, errOut := told(t, strings.Fields(args)...)
		if code != 0 || !strings.Contains(out, says) || errOut != "" {
			t.Errorf("%s: exit %d, %q in %.200q, errors %q", args, code, says, out, errOut)
		}
	}
}

// What the program cannot do it says on one line of the error stream, and exits 2.
func TestUsageErrors(t *testing.T) {
	home := t.TempDir()
	file := filepath.Join(home, "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		args []string
		says string
	}{
		{"unknown flag", []string{"--nothing"}, "--nothing"},
		{"unknown flag of a command", []string{"check", "--nothing"}, "--nothing"},
		{"flag of another command", []string{"check", "--addr", "x"}, "--addr"},
		{"unknown command", []string{"nothing"}, "nothing"},
		{"argument too many", []string{"serve", "here"}, "here"},
		{"argument too few", []string{"import"}, "arg"},
		{"no folder to export to", []string{"export"}, "arg"},
		{"a folder with something in it", []string{"export", home, "--home", filepath.Join(home, "made")},
			"not an empty folder"},
		{"no value", []string{"serve", "--addr"}, "--addr"},
		{"no duration", []string{"serve", "--drain", "soon"}, "soon"},
		{"no file", []string{"check", filepath.Join(home, "missing.csv")}, "missing.csv"},
		{"no address", []string{"serve", "--addr", "nowhere", "--home", home}, "nowhere"},
		{"no port", []string{"serve", "--addr", "127.0.0.1:99999", "--home", home}, "99999"},
		{"an address of another machine", []string{"serve", "--addr", "192.0.2.1:80", "--home", home}, "192.0.2.1"},
		{"a file for a home", []string{"serve", "--addr", "127.0.0.1:0", "--home", file}, "home"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, errOut := told(t, c.args...)
			if code != 2 || out != "" || !strings.HasPrefix(errOut, "yardstick: ") ||
				!strings.Contains(errOut, c.says) {
				t.Errorf("exit %d, output %q, errors %q", code, out, errOut)
			}
		})
	}
}

// The shipped record would not be refused: each line is a warning, and says so.
func TestCheck(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs the program")
	}
	warned := func(out string) bool {
		lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
		return len(lines) > 5 &&
			!slices.ContainsFunc(lines, func(line string) bool { return !strings.Contains(line, ": warning: ") })
	}
	if code, out, errOut := told(t, "check"); code != 0 || !warned(out) || errOut != "" {
		t.Errorf("exit %d, output %q, errors %q", code, out, errOut)
	}
	t.Setenv("YARDSTICK_JSON", "true")
	if code, out, _ := told(t, "check"); code != 0 ||
		strings.Count(out, `"severity":"warning"`) != strings.Count(out, `"file":`) {
		t.Errorf("as JSON: exit %d, output %q", code, out)
	}
	t.Setenv("YARDSTICK_JSON", "perhaps")
	if code, _, errOut := told(t, "check"); code != 2 || !strings.Contains(errOut, "environment") {
		t.Errorf("of an environment that cannot be read: exit %d, errors %q", code, errOut)
	}
	t.Setenv("YARDSTICK_JSON", "true")
	if code, out, _ := told(t, "check", "--json=false"); code != 0 || !warned(out) {
		t.Errorf("a flag does not win: exit %d, output %q", code, out)
	}
}

// A file with something wrong in it is exit 1, one line a finding that says where.
func TestCheckFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "results.csv")
	content := "area,programme,measure,score_percent\nLeicester City,cci,safeguarding,sixty\n"
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errOut := told(t, "check", file, "--home", t.TempDir())
	if code != 1 || errOut != "" || out == "" {
		t.Fatalf("exit %d, output %q, errors %q", code, out, errOut)
	}
	form := regexp.MustCompile(`^[^:]+:\d+:[^:]*: [^:]+: .+$`)
	for line := range strings.Lines(out) {
		if !form.MatchString(strings.TrimSpace(line)) {
			t.Errorf("a finding reads %q", line)
		}
	}
	code, out, _ = told(t, "check", "--json", file, "--home", t.TempDir())
	var findings []map[string]any
	if err := json.Unmarshal([]byte(out), &findings); err != nil || code != 1 || len(findings) == 0 {
		t.Errorf("as JSON: exit %d, %d findings, %v", code, len(findings), err)
	}
}

// A file with warnings alone is exit 0 to check and to import, which says them and takes the file. The figures are
// synthetic.
func TestWarningsAreSaidAndRefuseNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs the program")
	}
	file, home := filepath.Join(t.TempDir(), "results.csv"), t.TempDir()
	content := "area,programme,publication_date,measure,score_percent,comment,source_url,source_title\n" +
		"Derby,cci,2012-03-15,safeguarding,74,minimum,https://example.test/derby,Derby notice (synthetic)\n"
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	const says = `:2:comment: warning: ratings_fit_bands: "minimum" does not go with 74.0 percent`
	code, out, errOut := told(t, "check", file, "--home", home)
	if code != 0 || strings.Count(out, "\n") != 1 || !strings.Contains(out, says) || errOut != "" {
		t.Errorf("check: exit %d, output %q, errors %q", code, out, errOut)
	}
	code, out, errOut = told(t, "import", file, "--home", home)
	if code != 0 || !strings.Contains(out, says) || !strings.Contains(out, "1 added") || errOut != "" {
		t.Errorf("import: exit %d, output %q, errors %q", code, out, errOut)
	}
}

// running is the program serving, started as a user starts it.
type running struct {
	url    string
	log    *output
	stop   context.CancelFunc
	exited chan int
}

var announced = regexp.MustCompile(`msg=serving url=(\S+)`)

func start(t *testing.T, args ...string) *running {
	t.Helper()
	if testing.Short() {
		t.Skip("it starts the program, which needs the built assets")
	}
	ctx, stop := context.WithCancel(context.Background())
	r := &running{log: &output{}, stop: stop, exited: make(chan int, 1)}
	go func() { r.exited <- command.Run(ctx, version, args, io.Discard, r.log) }()
	t.Cleanup(stop)
	deadline := time.Now().Add(30 * time.Second)
	for {
		if found := announced.FindStringSubmatch(r.log.String()); found != nil {
			r.url = strings.TrimSuffix(found[1], "/")
			return r
		}
		select {
		case code := <-r.exited:
			t.Fatalf("exit %d before serving: %s", code, r.log)
		case <-time.After(10 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			t.Fatalf("not serving: %s", r.log)
		}
	}
}

func (r *running) get(t *testing.T, path string) (int, string) {
	t.Helper()
	response, err := http.Get(r.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// end stops the program as a signal does, and wants it to exit 0 soon.
func (r *running) end(t *testing.T) {
	t.Helper()
	r.stop()
	select {
	case code := <-r.exited:
		if code != 0 {
			t.Errorf("exit %d: %s", code, r.log)
		}
	case <-time.After(15 * time.Second):
		t.Fatalf("still running: %s", r.log)
	}
}

// The program fills an empty home, answers, takes the same release up again after a restart, and stops when it is told.
func TestServe(t *testing.T) {
	home := filepath.Join(t.TempDir(), "made", "for", "it")
	first := start(t, "serve", "--addr", "127.0.0.1:0", "--home", home)
	if !strings.Contains(first.log.String(), "built a release") {
		t.Errorf("an empty home: %s", first.log)
	}
	code, id := first.get(t, "/readyz")
	if code != 200 || len(strings.TrimSpace(id)) != 64 {
		t.Errorf("ready: %d %q", code, id)
	}
	for path, says := range map[string]string{
		"/healthz": "ok", "/": "<h1", "/cy": `lang="cy"`, "/areas/leicester-city": "Leicester City",
		"/api/v1/release": strings.TrimSpace(id),
		"/compare?with=leicester-city-fji-2016&with=leicestershire-and-rutland-cci-2012": "Same themes, different scales",
	} {
		if code, body := first.get(t, path); code != 200 || !strings.Contains(body, says) {
			t.Errorf("%s: status %d, without %q", path, code, says)
		}
	}
	_, page := first.get(t, "/")
	for _, link := range regexp.MustCompile(`(?:href|src)="(/assets/[^"]+)"`).FindAllStringSubmatch(page, -1) {
		if code, body := first.get(t, link[1]); code != 200 || body == "" {
			t.Errorf("%s: status %d", link[1], code)
		}
	}
	first.end(t)
	if _, err := http.Get(first.url + "/healthz"); err == nil {
		t.Error("it answers after its end")
	}

	t.Setenv("YARDSTICK_HOME", home)
	t.Setenv("YARDSTICK_ADDR", "127.0.0.1:0")
	second := start(t) // serving is what is meant where nothing else is said
	if strings.Contains(second.log.String(), "built a release") {
		t.Errorf("a home with a release: %s", second.log)
	}
	if _, again := second.get(t, "/readyz"); again != id {
		t.Errorf("after a restart it serves %s, before it %s", again, id)
	}
	if strings.Contains(second.log.String(), "level=ERROR") || strings.Contains(second.log.String(), "level=WARN") {
		t.Errorf("logged %s", second.log)
	}
	second.end(t)
}

// A flag wins over the environment, and an address that is taken is refused at once.
func TestServeAddressInUse(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	home := homeWithRelease(t)
	t.Setenv("YARDSTICK_HOME", home)
	t.Setenv("YARDSTICK_ADDR", taken.Addr().String())
	begun := time.Now()
	if code, _, errOut := told(t, "serve"); code != 2 || !strings.Contains(errOut, "address already in use") ||
		time.Since(begun) > 5*time.Second {
		t.Errorf("exit %d after %v, errors %q", code, time.Since(begun), errOut)
	}
	r := start(t, "serve", "--addr", "127.0.0.1:0")
	r.end(t)
}

// A release that is damaged is not served: it is built again.
func TestServeDamagedRelease(t *testing.T) {
	home := homeWithRelease(t)
	m, err := release.Current(home)
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func() error{
		"a file cut short":    func() error { return os.Truncate(release.Path(home, m.ID), m.Size/2) },
		"a file that is gone": func() error { return os.Remove(release.Path(home, m.ID)) },
		"a pointer to nothing": func() error {
			return os.WriteFile(filepath.Join(home, "CURRENT"), []byte("nothing\n"),
				0o600)
		},
	} {
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		r := start(t, "serve", "--addr", "127.0.0.1:0", "--home", home)
		if _, id := r.get(t, "/readyz"); strings.TrimSpace(id) != m.ID ||
			!strings.Contains(r.log.String(), "is served in its place") {
			t.Errorf("%s: it serves %s: %s", name, id, r.log)
		}
		r.end(t)
	}
}

// Stopping waits for nobody who only keeps a connection open.
func TestServeStopsWithIdleConnections(t *testing.T) {
	r := start(t, "serve", "--addr", "127.0.0.1:0", "--home", homeWithRelease(t), "--drain", "5s")
	for range 5 {
		conn, err := net.Dial("tcp", strings.TrimPrefix(r.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := io.WriteString(conn, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
	}
	begun := time.Now()
	r.end(t)
	if took := time.Since(begun); took > 7*time.Second {
		t.Errorf("it took %v to stop", took)
	}
}

// stopper ends the program as soon as it says that it serves, in the same breath.
type stopper struct {
	output
	stop context.CancelFunc
}

func (s *stopper) Write(p []byte) (int, error) {
	if announced.Match(p) {
		s.stop()
	}
	return s.output.Write(p)
}

// A signal that comes before the first connection could be taken stops the program like any other.
func TestServeStoppedAtOnce(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	home := homeWithRelease(t)
	for range 3 {
		ctx, stop := context.WithCancel(t.Context())
		log := &stopper{stop: stop}
		exited := make(chan int, 1)
		go func() {
			exited <- command.Run(ctx, version, []string{"serve", "--addr", "127.0.0.1:0", "--home", home}, io.Discard, log)
		}()
		select {
		case code := <-exited:
			if code != 0 {
				t.Errorf("exit %d: %s", code, log)
			}
		case <-time.After(15 * time.Second):
			t.Fatalf("still running: %s", log)
		}
	}
}
