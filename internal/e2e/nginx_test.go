package e2e

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"yardstick/data/release"
)

// inNamespace is set where the test runs in a network namespace of its own, in which the addresses of the
// configuration are free.
const inNamespace = "E2E_IN_NAMESPACE"

// throughNginx is the address of packaging/nginx/yardstick.conf.
const throughNginx = "http://127.0.0.1:8080"

// TestReplicasBehindNginx puts three servers behind nginx with packaging/nginx/yardstick.conf: a publication and a
// withdrawal reach every server and the cache soon, and a server that is killed costs readers nothing.
func TestReplicasBehindNginx(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts five programs")
	}
	if os.Getenv(inNamespace) == "" {
		again(t)
		return
	}
	if out, err := exec.Command("ip", "link", "set", "lo", "up").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	const bucket = "s3://releases/yardstick"
	backend := s3mem.New()
	if err := backend.CreateBucket("releases"); err != nil {
		t.Fatal(err)
	}
	store := httptest.NewServer(gofakes3.New(backend).Server())
	defer store.Close()
	for name, value := range map[string]string{"AWS_ENDPOINT_URL": store.URL, "AWS_ENDPOINT_URL_S3": "",
		"AWS_ACCESS_KEY_ID": "tester", "AWS_SECRET_ACCESS_KEY": "secretsecret"} {
		t.Setenv(name, value)
	}
	office := homeWithRelease(t)
	if code, _, errOut := told(t, "push", "--to", bucket, "--home", office); code != 0 {
		t.Fatalf("push: %s", errOut)
	}
	first := release.CurrentID(office)

	folder := t.TempDir()
	cache := filepath.Join(folder, "cache")
	replicas := make([]*process, 3)
	homes := make([]string, len(replicas))
	serve := func(n int) *process {
		return launch(t, "serve", "--from", bucket, "--home", homes[n], "--addr", "127.0.0.1:"+strconv.Itoa(8081+n),
			"--shared-cache", "2s", "--connections-per-address", "-1", "--client-header", "X-Real-IP",
			"--purge", "find "+cache+" -ignore_readdir_race -type f -delete")
	}
	for n := range replicas {
		homes[n] = filepath.Join(t.TempDir(), "replica")
		replicas[n] = serve(n)
	}
	nginx(t, folder, cache)
	all := func(id string) time.Duration { return awaitAll(t, id, len(replicas)) }
	all(first)
	for _, r := range replicas {
		awaitWarm(t, r)
	}

	measure(t, folder, cache)

	// A page that is kept is told of a publication within seconds, and the reader of one page goes forward only.
	const notice = "/inspections/wolverhampton-cci-2012"
	if a := ask(t, "/areas/wolverhampton"); a.status != http.StatusOK {
		t.Fatalf("%+v", a)
	}
	kept := false
	for range 20 {
		kept = ask(t, "/areas/wolverhampton").cache == "HIT" || kept
	}
	if !kept {
		t.Error("a page that is requested many times never comes from the cache")
	}
	importNotice(t, office)
	if code, _, errOut := told(t, "publish", "--to", bucket, "--home", office, "--by", "ann"); code != 0 {
		t.Fatalf("publish: %s", errOut)
	}
	second := release.CurrentID(office)
	reaches(t, "a publication", second, func() bool { return ask(t, "/areas/wolverhampton").release == second[:12] })
	if a := ask(t, notice); a.status != http.StatusOK || !strings.Contains(a.body, "61") {
		t.Errorf("the notice: %d", a.status)
	}
	// Nothing older is shown once every server and the cache have the release.
	time.Sleep(time.Second)
	for range 60 {
		if a := ask(t, "/areas/wolverhampton"); a.release != second[:12] {
			t.Errorf("release %q is shown again", a.release)
			break
		}
	}

	kill(t, replicas, serve)
	all(second)

	ask(t, notice)
	if code, _, errOut := told(t, "withdraw", "wolverhampton-cci-2012", "--home", office, "--by", "ann", "--why",
		"Synthetic: misread."); code != 0 {
		t.Fatalf("withdraw: %s", errOut)
	}
	if code, _, errOut := told(t, "publish", "--to", bucket, "--home", office, "--by", "ann"); code != 0 {
		t.Fatalf("publish: %s", errOut)
	}
	reaches(t, "a withdrawal", release.CurrentID(office), func() bool { return ask(t, notice).status == http.StatusGone })
}

// reaches waits until every server answers from a release, and until readers see it. It logs how long both took: on a
// machine of its own each server has it within two seconds. However busy this one is, no reader waits longer for it than
// a cache may keep an answer, with two seconds for the cache and the reader.
func reaches(t *testing.T, what, id string, seen func() bool) {
	t.Helper()
	begun := time.Now()
	ask(t, "/contact?page=%2F"+id[:12])
	slow := time.Since(begun) // of a page that no cache has: how busy this machine is
	begun = time.Now()
	servers := make(chan time.Duration, 1)
	go func() { servers <- awaitAll(t, id, 3) }()
	for !seen() {
		if time.Since(begun) > 2*time.Minute {
			t.Fatalf("%s does not reach readers", what)
		}
		time.Sleep(20 * time.Millisecond)
	}
	readers := time.Since(begun)
	all := <-servers
	after := time.Now()
	ask(t, "/contact?page=%2Fafter"+id[:12])
	slow = max(slow, time.Since(after))
	t.Logf("%s is at every server after %s, at readers after %s", what, all, readers)
	if readers > all+5*time.Second+20*slow {
		t.Errorf("%s took %s to readers, and %s to every server", what, readers, all)
	}
}

// again runs this test in a network namespace of its own, where it can be made.
func again(t *testing.T) {
	for _, needed := range []string{"nginx", "unshare", "ip", "find"} {
		if _, err := exec.LookPath(needed); err != nil {
			t.Skipf("there is no %s: on Debian, apt-get install nginx-light iproute2 util-linux", needed)
		}
	}
	if out, err := exec.Command("unshare", "--net", "true").CombinedOutput(); err != nil {
		t.Skipf("no network namespace can be made, which needs root: %s", out)
	}
	cmd := exec.CommandContext(t.Context(), "unshare", "--net", os.Args[0], "-test.run", "^"+t.Name()+"$", "-test.v")
	cmd.Dir = "internal/e2e"
	cmd.Env = append(os.Environ(), inNamespace+"=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("in its namespace: %v\n%s", err, out)
	}
	t.Logf("%s", out)
}

// awaitWarm waits until a server has rendered pages ahead, so that nothing else is measured.
func awaitWarm(t *testing.T, p *process) {
	t.Helper()
	for begun := time.Now(); time.Since(begun) < 3*time.Minute; time.Sleep(50 * time.Millisecond) {
		if strings.Contains(p.log.String(), "rendered the areas' pages ahead") {
			return
		}
	}
	t.Errorf("no pages are rendered ahead: %s", p.log)
}

// process is the program in a process of its own, which can be killed.
type process struct {
	cmd *exec.Cmd
	log *output
}

func launch(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(os.Args[0], args...), log: &output{}}
	p.cmd.Env = append(os.Environ(), asProgram+"=1")
	p.cmd.Stderr = p.log
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.cmd.Process.Kill()
		p.cmd.Wait() // that it was killed is no error
		if t.Failed() {
			t.Logf("%s", p.log)
		}
	})
	return p
}

// nginx starts nginx with the configuration that is shipped, whose cache is elsewhere.
func nginx(t *testing.T, folder, cache string) {
	t.Helper()
	configure(t, folder, cache, 3)
	main := "user root;\nworker_processes 1;\npid " + folder + "/nginx.pid;\nerror_log stderr;\nevents {}\n" +
		"http {\naccess_log off;\ninclude " + folder + "/yardstick.conf;\n}\n"
	if err := os.WriteFile(filepath.Join(folder, "nginx.conf"), []byte(main), 0o644); err != nil {
		t.Fatal(err)
	}
	var said output
	cmd := exec.Command("nginx", "-p", folder, "-c", folder+"/nginx.conf", "-g", "daemon off;")
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait() // as above
		if t.Failed() {
			t.Logf("nginx: %s", &said)
		}
	})
}

// configure writes the configuration with so many of its servers.
func configure(t *testing.T, folder, cache string, servers int) {
	t.Helper()
	text, err := os.ReadFile("packaging/nginx/yardstick.conf")
	if err != nil {
		t.Fatal(err)
	}
	conf := strings.ReplaceAll(string(text), "/var/cache/nginx/yardstick", cache)
	for n := servers; n < 3; n++ {
		conf = strings.Replace(conf, fmt.Sprintf("    server 127.0.0.1:%d ", 8081+n), "    #", 1)
	}
	if err := os.WriteFile(filepath.Join(folder, "yardstick.conf"), []byte(conf), 0o644); err != nil {
		t.Fatal(err)
	}
}

// answered is what a reader gets through nginx.
type answered struct {
	status               int
	release, cache, body string
}

func ask(t *testing.T, path string) answered {
	t.Helper()
	a, err := askOf(http.DefaultClient, path)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// askOf asks for a path through nginx, or for an address.
func askOf(client *http.Client, path string) (answered, error) {
	if strings.HasPrefix(path, "/") {
		path = throughNginx + path
	}
	response, err := client.Get(path)
	if err != nil {
		return answered{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return answered{response.StatusCode, response.Header.Get("Yardstick-Release"),
		response.Header.Get("Yardstick-Cache"), string(body)}, err
}

// awaitAll waits until every server answers from a release.
func awaitAll(t *testing.T, id string, servers int) time.Duration {
	t.Helper()
	begun := time.Now()
	for n := range servers {
		for {
			if r, err := http.Get("http://127.0.0.1:" + strconv.Itoa(8081+n) + "/readyz"); err == nil {
				body, err := io.ReadAll(r.Body)
				r.Body.Close()
				if err == nil && r.StatusCode == http.StatusOK && strings.TrimSpace(string(body)) == id {
					break
				}
			}
			if time.Since(begun) > 90*time.Second {
				t.Errorf("server %d does not answer from release %.12s", n, id)
				return time.Since(begun)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	return time.Since(begun)
}

// crowd sends requests from several readers at a time until ctx ends or there were so many, and counts the answers that
// are not 200.
func crowd(ctx context.Context, most int64, path func(n int64) string) (sent, failed int64, first error) {
	const readers = 8
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: readers}, Timeout: 20 * time.Second}
	var n, bad atomic.Int64
	var once sync.Once
	var all sync.WaitGroup
	for range readers {
		all.Go(func() {
			for ctx.Err() == nil {
				at := n.Add(1)
				if at > most {
					n.Add(-1)
					return
				}
				a, err := askOf(client, path(at))
				if err == nil && a.status != http.StatusOK {
					err = fmt.Errorf("%s: status %d", path(at), a.status)
				}
				if err != nil {
					bad.Add(1)
					once.Do(func() { first = err })
				}
			}
		})
	}
	all.Wait()
	return n.Load(), bad.Load(), first
}

// measure logs requests a second with one, two and three servers of pages that nobody has, and of one that nginx has, or
// a server.
func measure(t *testing.T, folder, cache string) {
	t.Helper()
	const lasting = 3 * time.Second
	rate := func(path func(n int64) string) float64 {
		ctx, cancel := context.WithTimeout(t.Context(), lasting)
		defer cancel()
		begun := time.Now()
		sent, failed, err := crowd(ctx, 1_000_000, path)
		if failed > 0 {
			t.Errorf("%d of %d failed: %v", failed, sent, err)
		}
		return float64(sent) / time.Since(begun).Seconds()
	}
	made := make([]float64, 4)
	for servers := 1; servers <= 3; servers++ {
		configure(t, folder, cache, servers)
		if out, err := exec.Command("nginx", "-p", folder, "-c", folder+"/nginx.conf", "-s", "reload").CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		time.Sleep(500 * time.Millisecond)
		made[servers] = rate(func(n int64) string { return fmt.Sprintf("/contact?page=%%2F%d-%d", servers, n) })
	}
	kept := rate(func(int64) string { return "/areas/leicester-city" })
	direct := rate(func(int64) string { return "http://127.0.0.1:8081/areas/leicester-city" })
	t.Logf("pages made a second by one server: %.0f; with two servers %.2f times, with three %.2f times; from nginx's cache: %.0f; "+
		"kept by a server: %.0f",
		made[1], made[2]/made[1], made[3]/made[1], kept, direct)
}

// kill kills a server under load, and starts it again: no reader sees that.
func kill(t *testing.T, replicas []*process, serve func(n int) *process) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	killed := make(chan error, 1)
	go func() {
		time.Sleep(time.Second)
		killed <- replicas[1].cmd.Process.Kill()
		replicas[1].cmd.Wait() // that it was killed is no error
	}()
	sent, failed, err := crowd(ctx, 200_000, func(n int64) string { return fmt.Sprintf("/contact?page=%%2Fk%d", n) })
	if err := <-killed; err != nil {
		t.Errorf("kill: %v", err)
	}
	replicas[1] = serve(1)
	t.Logf("a server was killed during %d requests: %d failed", sent, failed)
	if sent < 10 || failed > 0 {
		t.Errorf("%d requests, %d failed: %v", sent, failed, err)
	}
}
