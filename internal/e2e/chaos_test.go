package e2e

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"yardstick/data/register"
	"yardstick/data/release"
)

var chaos = flag.Duration("chaos", 10*time.Second, "how long TestSoakChaos goes on")

// mostShown is how long what was withdrawn may still be shown after publish returned, on a machine that does all of
// this at once. docs/figures.md has what was measured.
const mostShown = 15 * time.Second

// mostWait is how long a reader waits for an answer at most. The longest wait is logged.
const mostWait = time.Minute

// unrest is a home that is served and decided about while everything goes wrong that can.
type unrest struct {
	t         *testing.T
	home      string
	disk      string // a small file system of its own, with the home; empty where only root can make one
	files     string
	address   string
	site      *attacked
	restarted atomic.Int64 // when the server was started last, in nanoseconds; 0 while it is down

	mu      sync.Mutex
	secret  map[string]time.Time // texts that may not be shown, since when
	visible map[string]bool      // texts that may be shown

	notices  int
	imported map[int]int // numbers in the journal, by notice
	public   map[int]bool
	longest  time.Duration // that something withdrawn was shown
	did      map[string]int
	killed   int
	answered atomic.Int64
	waited   atomic.Int64 // the longest, in nanoseconds
}

// TestSoakChaos imports, publishes and withdraws, with commands and servers that are killed, a disk that fills, a clock
// that steps and clients that attack, all at once. Nothing is lost, nothing shown early, nothing withdrawn shown again,
// and every reader answered.
func TestSoakChaos(t *testing.T) {
	u := &unrest{t: t, files: t.TempDir(), secret: make(map[string]time.Time), visible: make(map[string]bool),
		imported: make(map[int]int), public: make(map[int]bool), did: make(map[string]int)}
	u.settle()
	ctx, stop := context.WithCancel(t.Context())
	var others sync.WaitGroup
	for range 2 {
		others.Go(func() { u.read(ctx) })
	}
	for _, request := range []string{
		"GET /data/indicators.json HTTP/1.1\r\nHost: yardstick.test\r\n\r\n", // and is not read
		"GET / HTTP/1.1\r\nHost: yards",
		"GET /areas/" + strings.Repeat("%c5%b5", 200) + " HTTP/1.1\r\nHost: yardstick.test\r\n\r\n",
		"\x00\x16\x03\x01 garbage\r\n\r\n",
	} {
		others.Go(func() { u.attack(ctx, request) })
	}
	acts := []func(){u.take, u.release, u.withdraw, u.take, u.embargoed, u.release, u.clockBack, u.fullDisk, u.killServer}
	for begun, n := time.Now(), 0; time.Since(begun) < *chaos || n < 3; n++ {
		act := acts[n%len(acts)]
		if n >= 2*len(acts) {
			act = acts[rand.IntN(len(acts))]
		}
		act()
		if t.Failed() {
			break
		}
	}
	stop()
	others.Wait()
	u.reckon()
}

// settle prepares a home, on a small disk where that can be made, and serves it.
func (u *unrest) settle() {
	u.home = homeWithRelease(u.t)
	disk := u.t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=384m"); err == nil {
		u.disk, u.home = disk, filepath.Join(disk, "home")
		u.t.Cleanup(func() { syscall.Unmount(disk, syscall.MNT_DETACH) }) // it goes with the machine otherwise
		if err := os.CopyFS(u.home, os.DirFS(homeWithReleaseOutside(u.t))); err != nil {
			u.t.Fatal(err)
		}
	}
	u.serve()
}

// serve starts the server, on the address that it had before.
func (u *unrest) serve() {
	if u.address == "" {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			u.t.Fatal(err)
		}
		u.address = listener.Addr().String()
		listener.Close()
	}
	u.site = serveAt(u.t, u.home, u.address, "", "url=")
	u.restarted.Store(time.Now().UnixNano())
}

// run runs a command as a process of its own, which is killed at a moment where that is wanted. It returns what it said,
// and whether it came to its end.
func (u *unrest) run(kill bool, env []string, args ...string) (said string, code int, ended bool) {
	cmd, out := program(u.t, append(args, "--by", "ann", "--home", u.home)...)
	cmd.Env = append(cmd.Env, env...)
	if err := cmd.Start(); err != nil {
		u.t.Fatal(err)
	}
	if kill {
		moment := time.AfterFunc(rand.N(3*time.Second), func() { cmd.Process.Kill() }) // it may have ended
		defer moment.Stop()
	}
	err := cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signaled() {
		u.killed++
		return out.String(), 0, false
	}
	return out.String(), cmd.ProcessState.ExitCode(), true
}

// done runs a command until it is done: perhaps killed at first, and then again.
func (u *unrest) done(args ...string) string {
	u.t.Helper()
	u.did[args[0]]++
	if said, code, ended := u.run(rand.IntN(3) == 0, nil, args...); ended && code == 0 {
		return said
	}
	said, code, _ := u.run(false, nil, args...)
	if code != 0 && !(args[0] == "withdraw" && strings.Contains(said, "there is no")) { // the one that was killed did it
		u.t.Errorf("%q: exit %d: %s", args, code, said)
	}
	return said
}

// file writes the next notice, whose note nothing else says.
func (u *unrest) file() (path, note string) {
	u.notices++
	content, err := os.ReadFile(notice(u.t, u.files, u.notices))
	if err != nil {
		u.t.Fatal(err)
	}
	note = fmt.Sprintf("canary-%d-%x", u.notices, rand.Uint64())
	lines := strings.Split(strings.TrimSpace(string(content)), "\n")
	lines[0] += ",note"
	for n := range lines[1:] {
		lines[n+1] += "," + note
	}
	path = filepath.Join(u.files, fmt.Sprintf("noted-%d.csv", u.notices))
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		u.t.Fatal(err)
	}
	return path, note
}

// take imports a notice. It may be shown from the next publication on.
func (u *unrest) take() {
	path, note := u.file()
	u.done("import", path)
	entries := whole(u.t, u.home)
	for _, e := range entries {
		if e.File == filepath.Base(path) {
			u.imported[u.notices] = e.Seq
		}
	}
	if u.imported[u.notices] == 0 {
		u.t.Fatalf("notice %d was imported, and is not in the journal", u.notices)
	}
	u.mu.Lock()
	u.visible[note] = true
	u.mu.Unlock()
}

// embargoed imports a notice that is never to be shown.
func (u *unrest) embargoed() {
	path, note := u.file()
	u.mu.Lock()
	u.secret[note] = time.Now()
	u.mu.Unlock()
	u.done("import", path, "--embargo", "2099-06-13 00:01")
}

// release publishes, and keeps the disk from filling with databases of earlier releases, which none needs.
func (u *unrest) release() {
	u.done("publish")
	for notice := range u.imported {
		u.public[notice] = true
	}
	current := release.CurrentID(u.home)
	paths, err := filepath.Glob(release.Path(u.home, "*"))
	for _, path := range paths {
		if !strings.Contains(path, current) {
			err = errors.Join(err, os.Remove(path))
		}
	}
	if err != nil {
		u.t.Fatal(err)
	}
}

// withdraw withdraws a notice that is published, publishes that, and waits until every address of it says so.
func (u *unrest) withdraw() {
	var notice, seq int
	for n, s := range u.imported {
		if u.public[n] {
			notice, seq = n, s
		}
	}
	if notice == 0 {
		return
	}
	was := release.CurrentID(u.home)
	inspection := u.inspectionOf(notice)
	what := []string{"withdraw", fmt.Sprint(seq)}
	if notice%2 == 0 {
		what = []string{"withdraw", inspection}
	}
	u.done(append(what, "--why", "a mistake of the chaos run")...)
	u.done("publish")
	begun := time.Now()
	delete(u.imported, notice)
	delete(u.public, notice)
	u.mu.Lock()
	for note := range u.visible {
		if strings.HasPrefix(note, fmt.Sprintf("canary-%d-", notice)) {
			u.secret[note] = begun.Add(mostShown)
		}
	}
	u.mu.Unlock()
	for _, path := range []string{"/inspections/" + inspection, "/r/" + was[:12] + "/inspections/" + inspection} {
		for {
			code, body, err := u.ask(path)
			if err == nil && code == http.StatusGone {
				for _, want := range []string{"a mistake of the chaos run", time.Now().UTC().Format("January 2006")} {
					if !strings.Contains(body, want) {
						u.t.Errorf("%s is 410 and does not say %q", path, want)
					}
				}
				break
			}
			if time.Since(begun) > mostShown || code == http.StatusOK && strings.HasPrefix(path, "/r/") {
				u.t.Errorf("%s, withdrawn, is %d after %s: %v", path, code, time.Since(begun), err)
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	u.longest = max(u.longest, time.Since(begun))
}

// inspectionOf is the id of the inspection that a notice is of.
func (u *unrest) inspectionOf(notice int) string {
	content, err := os.ReadFile(filepath.Join(u.files, fmt.Sprintf("noted-%d.csv", notice)))
	if err != nil {
		u.t.Fatal(err)
	}
	cells := strings.Split(strings.Split(string(content), "\n")[1], ",")
	return cells[0] + "-cci-" + cells[2][:4]
}

// clockBack decides with a clock that was set back, which must not be done.
func (u *unrest) clockBack() {
	u.did["clock back"]++
	before := whole(u.t, u.home)
	if len(before) == 0 {
		return
	}
	r := office(u.home)
	r.Now = func() time.Time { return before[len(before)-1].At.Add(-2 * time.Hour) }
	var clock *register.ClockError
	if _, err := r.Publish(u.t.Context(), register.Choice{By: "ann"}); !errors.As(err, &clock) {
		u.t.Errorf("with the clock set back: %v", err)
	}
	if after := whole(u.t, u.home); len(after) != len(before) {
		u.t.Errorf("with the clock set back %d entries became %d", len(before), len(after))
	}
}

// fullDisk imports and publishes with little room or none, then with room again.
func (u *unrest) fullDisk() {
	if u.disk == "" {
		return
	}
	path, note := u.file()
	u.mu.Lock()
	u.visible[note] = true
	u.mu.Unlock()
	filler := filepath.Join(u.disk, "filler")
	fill(u.t, u.disk, filler, rand.Int64N(24<<20))
	for _, args := range [][]string{{"import", path}, {"publish"}} {
		u.did["full disk"]++
		said, code, _ := u.run(false, []string{"TMPDIR=" + u.disk}, args...)
		if low := strings.ToLower(said); code != 0 && !strings.Contains(low, "no space left") {
			u.t.Errorf("with a full disk, %s does not say why: %s", args[0], said)
		}
	}
	if err := os.Remove(filler); err != nil {
		u.t.Fatal(err)
	}
	u.done("import", path)
	for _, e := range whole(u.t, u.home) {
		if e.File == filepath.Base(path) {
			u.imported[u.notices] = e.Seq
		}
	}
	u.release()
}

// killServer ends the server at once, and starts it again.
func (u *unrest) killServer() {
	u.did["server killed"]++
	u.restarted.Store(0)
	u.site.cmd.Process.Kill() // it is the one that is started above
	<-u.site.ended
	u.serve()
}

// ask asks the server for a path.
func (u *unrest) ask(path string) (code int, body string, err error) {
	client := http.Client{Timeout: mostWait, Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Get("http://" + u.address + path)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	return response.StatusCode, string(content), err
}

// read asks for pages and files without end. None says what it must not, and all are answered while the server runs.
func (u *unrest) read(ctx context.Context) {
	paths := []string{"/", "/releases", "/inspections", "/areas/derby", "/data/results.csv", "/feed.atom", "/benchmarks",
		"/api/v1/releases", "/api/v1/results?limit=50", "/data/sources.csv", "/cy/releases", "/readyz"}
	for ; ctx.Err() == nil; time.Sleep(50 * time.Millisecond) {
		path := paths[rand.IntN(len(paths))]
		if rand.IntN(4) == 0 {
			path = "/r/" + release.CurrentID(u.home)[:12] + "/releases"
		}
		begun := time.Now()
		up := u.restarted.Load()
		code, body, err := u.ask(path)
		if up == 0 || up != u.restarted.Load() {
			continue // the server was killed meanwhile
		}
		u.answered.Add(1)
		u.waited.Store(max(u.waited.Load(), int64(time.Since(begun))))
		if err != nil || code >= 500 && code != http.StatusServiceUnavailable {
			u.t.Errorf("%s: status %d, %v", path, code, err)
		}
		u.mu.Lock()
		for note, since := range u.secret {
			if begun.After(since) && strings.Contains(body, note) {
				u.t.Errorf("%s says %s", path, note)
			}
		}
		u.mu.Unlock()
	}
}

// attack opens connections that send a request, or half of one, and read nothing, and leaves them open for a while.
func (u *unrest) attack(ctx context.Context, request string) {
	for ctx.Err() == nil {
		var open []net.Conn
		for n := range 40 {
			dialer := net.Dialer{Timeout: 5 * time.Second, LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 9, byte(1+n%8))}}
			conn, err := dialer.DialContext(ctx, "tcp", u.address)
			if err != nil {
				continue // the server is being started
			}
			conn.(*net.TCPConn).SetReadBuffer(4096) // a smaller one makes the attack harder
			io.WriteString(conn, request)           // the server may hang up, as it should
			open = append(open, conn)
		}
		select {
		case <-ctx.Done():
		case <-time.After(2 * time.Second):
		}
		for _, conn := range open {
			conn.Close()
		}
	}
}

// reckon says whether anything was lost, and whether anything that may not be shown is in a public file.
func (u *unrest) reckon() {
	u.done("publish")
	whole(u.t, u.home)
	u.site.alive(u.t)
	m, err := release.Current(u.home)
	if err != nil {
		u.t.Fatal(err)
	}
	if added, want := m.Rows["result_row"]-shippedResults(u.t), int64(2*len(u.imported)); added != want {
		u.t.Errorf("the release has %d results more than the shipped record, want %d", added, want)
	}
	for note := range u.secret {
		if files := public(u.t, u.home, note); len(files) > 0 {
			u.t.Errorf("%s may not be shown, and is in %v", note, files)
		}
	}
	for begun := time.Now(); ; time.Sleep(100 * time.Millisecond) { // what was asked before may still be at work
		code, _, err := u.ask("/areas/derby")
		if code == http.StatusOK {
			break
		}
		if time.Since(begun) > mostWait {
			u.t.Fatalf("in the end the site answers %d, %v", code, err)
		}
	}
	u.t.Logf("did %v; %d commands killed; %d answers, the longest after %s; the last address of what was withdrawn said so "+
		"after %s at most; %d results published", u.did, u.killed, u.answered.Load(), time.Duration(u.waited.Load()), u.longest,
		2*len(u.imported))
}

// public lists the files outside the register that have a text in them, packed or not.
func public(t *testing.T, home, text string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(home, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() && entry.Name() == "register" {
			return cmp.Or(err, fs.SkipDir)
		}
		if entry.IsDir() {
			return nil
		}
		content, err := os.ReadFile(path)
		if archive, bad := zip.NewReader(bytes.NewReader(content), int64(len(content))); bad == nil {
			for _, file := range archive.File {
				packed, err := fs.ReadFile(archive, file.Name)
				if err != nil {
					return err
				}
				content = append(content, packed...)
			}
		}
		if bytes.Contains(content, []byte(text)) {
			found = append(found, filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
