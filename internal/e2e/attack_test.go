package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"yardstick/data/release"
	"yardstick/static"
)

// attacked is the program serving as a process of its own, with at most so many file descriptors; 0 for as many as this
// process may have.
type attacked struct {
	cmd     *exec.Cmd
	said    *output
	address string // of the site
	probe   string // of the operator's listener
	ended   chan struct{}
}

var servingAt = regexp.MustCompile(`url=http://([0-9.:]+)/`)

func serveAttacked(t *testing.T, descriptors int) *attacked {
	t.Helper()
	return serveHome(t, homeWithRelease(t), descriptors, "rendered the areas' pages ahead")
}

// serveHome serves a home as a process of its own, and returns when that has said something.
func serveHome(t *testing.T, home string, descriptors int, until string) *attacked {
	t.Helper()
	first := ""
	if descriptors > 0 {
		first = fmt.Sprintf("ulimit -n %d", descriptors)
	}
	return serveAt(t, home, "127.0.0.1:0", first, until)
}

// serveAt does so at an address, with a command of the shell before it and flags besides.
func serveAt(t *testing.T, home, address, first, until string, flags ...string) *attacked {
	t.Helper()
	if _, err := static.Manifest(); errors.Is(err, fs.ErrNotExist) || errors.Is(err, static.ErrNotBuilt) {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	probe := listener.Addr().String()
	listener.Close()
	cmd, said := program(t, append([]string{"serve", "--addr", address, "--home", home, "--probe-addr", probe},
		flags...)...)
	if first != "" {
		cmd.Args = append([]string{"sh", "-c", first + ` && exec "$0" "$@"`}, cmd.Args...)
		if cmd.Path, err = exec.LookPath("sh"); err != nil {
			t.Fatal(err)
		}
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	a := &attacked{cmd: cmd, said: said, probe: probe, ended: make(chan struct{})}
	go func() {
		cmd.Wait() // alive says what it said
		close(a.ended)
	}()
	t.Cleanup(func() {
		cmd.Process.Kill() // it may have ended
		<-a.ended
	})
	for deadline := time.Now().Add(3 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		if found := servingAt.FindStringSubmatch(said.String()); found != nil && strings.Contains(said.String(), until) {
			a.address = found[1]
			return a
		}
		if time.Now().After(deadline) {
			t.Fatalf("it does not serve: %s", said.String())
		}
	}
}

// alive fails the test where the program has ended.
func (a *attacked) alive(t *testing.T) {
	t.Helper()
	select {
	case <-a.ended:
		t.Fatalf("the server has ended: %s", a.said.String())
	default:
	}
}

// resident is the resident memory of the program in bytes.
func (a *attacked) resident(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", a.cmd.Process.Pid))
	if err != nil {
		t.Skip(err) // on systems without /proc
	}
	_, after, _ := strings.Cut(string(status), "VmRSS:")
	n, err := strconv.Atoi(strings.Fields(after)[0])
	if err != nil {
		t.Fatal(err)
	}
	return n << 10
}

// processor is the processor time that the program has used.
func (a *attacked) processor(t *testing.T) time.Duration {
	t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", a.cmd.Process.Pid))
	if err != nil {
		t.Skip(err) // on systems without /proc
	}
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	user, errUser := strconv.Atoi(fields[11])
	system, errSystem := strconv.Atoi(fields[12])
	if err := errors.Join(errUser, errSystem); err != nil {
		t.Fatal(err)
	}
	return time.Duration(user+system) * 10 * time.Millisecond // a clock tick is a hundredth of a second
}

// honest is how long a reader at another address of this machine waits for a page, and the operator for a probe.
func (a *attacked) honest(t *testing.T) (page, probe time.Duration) {
	t.Helper()
	ask := func(from, url string) time.Duration {
		dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
		client := http.Client{Timeout: 10 * time.Second,
			Transport: &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true}}
		begun := time.Now()
		response, err := client.Get(url)
		if err != nil {
			t.Errorf("%s: %v", url, err)
			return time.Since(begun)
		}
		defer response.Body.Close()
		if _, err := io.Copy(io.Discard, response.Body); err != nil || response.StatusCode != 200 {
			t.Errorf("%s: status %d, %v", url, response.StatusCode, err)
		}
		return time.Since(begun)
	}
	return ask("127.0.0.77", "http://"+a.address+"/areas/leicester-city"), ask("127.0.0.1", "http://"+a.probe+"/healthz")
}

// crowd opens connections from some addresses of this machine, and writes a request to each, whole or not.
func (a *attacked) crowd(t *testing.T, connections, addresses int, request string) {
	t.Helper()
	for n := range connections {
		from := &net.TCPAddr{IP: net.IPv4(127, 0, 4, byte(1+n%addresses))}
		dialer := net.Dialer{LocalAddr: from, Timeout: 5 * time.Second}
		conn, err := dialer.Dial("tcp", a.address)
		if err != nil {
			t.Fatalf("connection %d: %v", n, err)
		}
		t.Cleanup(func() { conn.Close() })
		conn.(*net.TCPConn).SetReadBuffer(4096) // a smaller one makes the attack harder
		io.WriteString(conn, request)           // the server may hang up, as it should
	}
}

// The bounds of an attack: memory above what the program had before, and how long others wait. Machines that do other
// work as well are slower than the figures of docs/figures.md.
const (
	mostGrowth = 160 << 20
	mostPage   = time.Second
	mostProbe  = 250 * time.Millisecond
)

func (a *attacked) hold(t *testing.T, before int) {
	t.Helper()
	most := 0
	var page, probe time.Duration
	for range 10 {
		a.alive(t)
		most = max(most, a.resident(t))
		waited, asked := a.honest(t)
		page, probe = max(page, waited), max(probe, asked)
		time.Sleep(100 * time.Millisecond)
	}
	t.Logf("memory %d MB before and %d MB at most; a page after %s and a probe after %s at most", before>>20, most>>20,
		page, probe)
	if most-before > mostGrowth || page > mostPage || probe > mostProbe {
		t.Errorf("memory %d MB before and %d MB at most; a page after %s and a probe after %s at most", before>>20, most>>20,
			page, probe)
	}
}

// Readers that ask for the largest answers and do not read them cost little memory, and hold up nobody. Neither do
// connections that are kept open, nor requests that are never whole.
func TestCrowdsAreSurvived(t *testing.T) {
	a := serveAttacked(t, 0)
	for _, path := range []string{"/data/indicators.json", "/api/v1/results", "/inspections"} {
		before := a.resident(t)
		a.crowd(t, 300, 3, "GET "+path+" HTTP/1.1\r\nHost: yardstick.test\r\n\r\n")
		a.hold(t, before)
	}
	before := a.resident(t)
	a.crowd(t, 2000, 20, "GET /healthz HTTP/1.1\r\nHost: yardstick.test\r\n\r\n")
	a.crowd(t, 2000, 20, "GET /healthz HTTP/1.1\r\nHost: yards")
	a.hold(t, before)
}

// A server in 512 MiB of memory lives, and answers who is honest, while 300 readers do not read, 20,000 connections are
// kept alive, and 10,000 send a request a byte a second (a tenth of them without -soak). Programs of their own make the
// connections: one may not open as many files.
func TestCrowdInLittleMemory(t *testing.T) {
	group := littleMemory(t, 512<<20)
	a := serveAt(t, homeWithRelease(t), "127.0.0.1:0", "echo $$ > "+filepath.Join(group, "cgroup.procs"),
		"rendered the areas' pages ahead", "--memory", "256MiB")
	before := a.resident(t)
	a.crowd(t, 300, 3, "GET /data/indicators.json HTTP/1.1\r\nHost: yardstick.test\r\n\r\n")
	a.hold(t, before)
	connections := 1_000
	if *soak {
		connections = 10_000
	}
	for n, drips := range []bool{false, false, true} {
		crowdOf{Address: a.address, Network: byte(10 + n), Connections: connections, Drips: drips,
			Request: "GET /healthz HTTP/1.1\r\nHost: yardstick.test\r\n\r\n"}.start(t)
		a.hold(t, before)
	}
	most, err := os.ReadFile(filepath.Join(group, mostMemory(group)))
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(most)))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("the group used %d MB at most, files kept in memory included", n>>20)
}

// littleMemory is a control group of a test's own that may use so many bytes.
func littleMemory(t *testing.T, bytes int) string {
	t.Helper()
	parent, limit := "/sys/fs/cgroup/memory", "memory.limit_in_bytes"
	if _, err := os.Stat("/sys/fs/cgroup/cgroup.controllers"); err == nil {
		parent, limit = "/sys/fs/cgroup", "memory.max"
	}
	group := filepath.Join(parent, fmt.Sprintf("yardstick-test-%d", os.Getpid()))
	if err := os.Mkdir(group, 0o755); err != nil {
		t.Skip("it needs a control group, which root may make: ", err)
	}
	t.Cleanup(func() {
		if err := os.Remove(group); err != nil {
			t.Error(err)
		}
	})
	if err := os.WriteFile(filepath.Join(group, limit), []byte(strconv.Itoa(bytes)), 0); err != nil {
		t.Skip("it needs a control group of memory: ", err)
	}
	return group
}

// mostMemory is the file of a control group that says how many bytes were in use at most.
func mostMemory(group string) string {
	if strings.HasPrefix(group, "/sys/fs/cgroup/memory/") {
		return "memory.max_usage_in_bytes"
	}
	return "memory.peak"
}

// crowdOf is a crowd of connections that a program of its own opens and keeps.
type crowdOf struct {
	Address     string
	Network     byte // the third part of the addresses that it calls from, 100 of them
	Connections int
	Request     string
	Drips       bool // sends the request a byte a second
}

// asCrowd in the environment makes the test binary a crowd.
const asCrowd = "YARDSTICK_TEST_AS_CROWD"

// start starts the program and waits until it has opened every connection once. It ends with the test.
func (c crowdOf) start(t *testing.T) {
	t.Helper()
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), asCrowd+"="+string(text))
	said := &output{}
	cmd.Stdout, cmd.Stderr = said, said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill() // it may have ended
		cmd.Wait()         // as above
	})
	for deadline := time.Now().Add(2 * time.Minute); !strings.Contains(said.String(), "opened"); {
		if time.Sleep(50 * time.Millisecond); time.Now().After(deadline) {
			t.Fatalf("the crowd is not there: %s", said.String())
		}
	}
	t.Log(strings.TrimSpace(said.String()))
}

// run is the crowd: it says when it has opened its connections, and keeps them for at most five minutes.
func (c crowdOf) run() {
	open := make([]net.Conn, c.Connections)
	refused := 0
	dial := func(n int) {
		from := &net.TCPAddr{IP: net.IPv4(127, 0, c.Network, byte(1+n%100))}
		dialer := net.Dialer{LocalAddr: from, Timeout: 5 * time.Second}
		conn, err := dialer.Dial("tcp", c.Address)
		if err != nil {
			refused++
			return
		}
		open[n] = conn
		if !c.Drips {
			io.WriteString(conn, c.Request) // the server may hang up, as it should
		}
	}
	for n := range open {
		dial(n)
	}
	fmt.Printf("opened %d connections, %d not\n", len(open)-refused, refused)
	for second := range 300 {
		time.Sleep(time.Second)
		for n, conn := range open {
			if c.Drips && conn != nil && second < len(c.Request) {
				if _, err := io.WriteString(conn, c.Request[second:second+1]); err != nil {
					conn.Close()
					open[n] = nil
				}
			}
		}
	}
}

// A server that may open few files goes on serving however many connections there are.
func TestFewDescriptors(t *testing.T) {
	a := serveAttacked(t, 128)
	before := a.resident(t)
	a.crowd(t, 400, 5, "GET /healthz HTTP/1.1\r\nHost: yardstick.test\r\n\r\n")
	a.hold(t, before)
}

// A new release is served within a second, also while pages of the one before are rendered ahead.
func TestReleaseIsServedWhilePagesAreRendered(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts the program")
	}
	home := homeWithRelease(t)
	first := release.CurrentID(home)
	for _, args := range [][]string{{"import", notice(t, t.TempDir(), 1), "--by", "ann", "--home", home},
		{"publish", "--by", "ann", "--home", home}} {
		if code, _, said := told(t, args...); code != 0 {
			t.Fatalf("%s: %s", args[0], said)
		}
	}
	ids := []string{first, release.CurrentID(home)}
	if ids[0] == ids[1] {
		t.Fatal("nothing was published")
	}
	// A home that knows what was published last shows nothing older, and this one goes back and forth.
	if err := errors.Join(os.RemoveAll(filepath.Join(home, "register")), os.Remove(release.LogPath(home)),
		os.Remove(release.CheckpointPath(home))); err != nil {
		t.Fatal(err)
	}
	a := serveHome(t, home, 0, "url=")
	client := http.Client{Timeout: 5 * time.Second}
	shown := func() string {
		response, err := client.Get("http://" + a.probe + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		id, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(string(id))
	}
	for n := range 6 {
		want := ids[n%2]
		if err := release.Point(home, want); err != nil {
			t.Fatal(err)
		}
		begun, busy := time.Now(), a.processor(t)
		for shown() != want && time.Since(begun) < 10*time.Second {
			time.Sleep(10 * time.Millisecond)
		}
		took, used := time.Since(begun), a.processor(t)-busy
		t.Logf("release %d is served after %s, %s of processor time", n, took, used)
		if took > mostDelay && used > mostOpening || took > 10*time.Second {
			t.Errorf("release %d is served after %s, %s of processor time", n, took, used)
		}
	}
	if strings.Contains(a.said.String(), "rendered the areas' pages ahead") {
		t.Log("pages were rendered before the last release came")
	}
}

// mostDelay is how long a new release may take to be served where nothing else is done, and mostOpening what the server
// may compute until then where something is.
const (
	mostDelay   = time.Second
	mostOpening = 1500 * time.Millisecond
)
