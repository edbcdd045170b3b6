package e2e

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"yardstick/analytics"
	"yardstick/data"
	"yardstick/data/register"
	"yardstick/data/release"
	"yardstick/queries"
)

// The soak tests treat a home as badly as a machine can and look whether anything was lost. `go test ./internal/e2e`
// runs a short slice of each, `make soak` the whole; docs/figures.md has what it last showed.
var soak = flag.Bool("soak", false, "run the soak tests whole")

// asProgram in the environment makes the test binary the program, so that it can be killed.
const asProgram = "YARDSTICK_TEST_AS_PROGRAM"

// cycles is how often a soak test goes round.
func cycles(short, whole int) int {
	if *soak {
		return whole
	}
	return short
}

// program is the program as a process of its own.
func program(t *testing.T, args ...string) (*exec.Cmd, *output) {
	t.Helper()
	if testing.Short() {
		t.Skip("it kills whole processes")
	}
	said := &output{}
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	cmd.Stdout, cmd.Stderr = said, said
	return cmd, said
}

// notice is a synthetic file of two results, of another inspection for every n.
func notice(t *testing.T, dir string, n int) string {
	t.Helper()
	record := record(t)
	var free []string // current areas that existed then, without a core case inspection
	for _, a := range record.Areas() {
		held := slices.ContainsFunc(record.InspectionsOf(a.ID),
			func(i analytics.Inspection) bool { return i.Programme == "cci" })
		if a.Current && a.ValidFrom.Year < 2010 && !held {
			free = append(free, a.ID)
		}
	}
	var content strings.Builder
	content.WriteString("area,programme,publication_date,measure,score_percent,source_url,source_title\n")
	for _, measure := range []string{"safeguarding", "risk_of_harm"} {
		fmt.Fprintf(&content, "%s,cci,%d-%02d,%s,66,https://example.test/%d,Notice %d (synthetic)\n", free[n%len(free)],
			2010+n/len(free)%3, 4+n%8, measure, n, n)
	}
	path := filepath.Join(dir, fmt.Sprintf("notice-%d.csv", n))
	if err := os.WriteFile(path, []byte(content.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func office(home string) *register.Register {
	return &register.Register{Home: home, Record: data.Record(), Queries: queries.Files(), Now: time.Now}
}

// whole holds a home to what must be true of it at any moment: the journal and every upload are what was decided,
// nothing was imported twice, and the home points to a release that is whole.
func whole(t *testing.T, home string) []register.Entry {
	t.Helper()
	entries, err := office(home).Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]int)
	for _, e := range entries {
		if before := seen[e.Upload]; e.Upload != "" && before > 0 {
			t.Fatalf("entries %d and %d took one file", before, e.Seq)
		}
		seen[e.Upload] = e.Seq
	}
	if _, err := release.Current(home); err != nil {
		t.Fatal(err)
	}
	return entries
}

// TestSoakKill kills imports, publications and withdrawals at any moment, and does each again until it is done.
func TestSoakKill(t *testing.T) {
	home, files, killed := homeWithRelease(t), t.TempDir(), 0
	longest := pace(t, files)
	for n := range cycles(6, 300) {
		file := notice(t, files, n)
		for _, args := range [][]string{
			{"import", file, "--by", "soak", "--home", home},
			{"publish", "--by", "soak", "--home", home},
		} {
			before := len(whole(t, home))
			cmd, _ := program(t, args...)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			moment := time.AfterFunc(rand.N(longest), func() { cmd.Process.Kill() }) // it may have ended
			err := cmd.Wait()
			moment.Stop()
			var exit *exec.ExitError
			if errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL {
				killed++
			}
			if after := len(whole(t, home)); after < before || after > before+1 || err == nil && after != before+1 {
				t.Fatalf("%s: %d entries became %d (%v)", args[0], before, after, err)
			}
			if code, out, errOut := told(t, args...); code != 0 {
				t.Fatalf("%s, again: exit %d: %s%s", args[0], code, out, errOut)
			}
			if after := len(whole(t, home)); after != before+1 {
				t.Fatalf("%s, done again: %d entries became %d", args[0], before, after)
			}
		}
		m, err := release.Current(home)
		if err != nil {
			t.Fatal(err)
		}
		if added := m.Rows["result_row"] - shippedResults(t); added != int64(2*(n+1)) {
			t.Fatalf("after %d notices the release has %d results more", n+1, added)
		}
		forget(t, home, m)
	}
	t.Logf("%d commands killed of %d, nothing lost, doubled or half done", killed, 2*cycles(6, 300))
}

// pace is how long a command takes that nobody stops, and a little more.
func pace(t *testing.T, files string) time.Duration {
	t.Helper()
	cmd, said := program(t, "import", notice(t, files, 0), "--by", "soak", "--home", homeWithRelease(t))
	begun := time.Now()
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	return time.Since(begun) * 6 / 5
}

// shippedResults is how many results the shipped record has.
func shippedResults(t *testing.T) int64 {
	t.Helper()
	built, err := shippedHome()
	if err != nil {
		t.Fatal(err)
	}
	m, err := release.Current(built)
	if err != nil {
		t.Fatal(err)
	}
	return m.Rows["result_row"]
}

// forget removes the releases before the current one, so that a long soak fits on a disk.
func forget(t *testing.T, home string, current release.Manifest) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(home, "releases",
		"*.*")) // not the folder of rows, which later releases need
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if !strings.HasPrefix(filepath.Base(path), current.ID) {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestSoakFullDisk fills the disk before an import and a publication, at every amount of room from none to enough: each
// does its work or says that there is no room, the site goes on answering, and with room again nothing is missing.
func TestSoakFullDisk(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=96m"); err != nil {
		t.Skipf("a small disk cannot be made here, only by root: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	home, file := filepath.Join(disk, "home"), notice(t, t.TempDir(), 1)
	t.Setenv("TMPDIR", disk) // what is built aside runs out of room too
	refused, steps := 0, cycles(4, 60)
	for step := range steps {
		if err := errors.Join(os.RemoveAll(home), os.CopyFS(home, os.DirFS(homeWithReleaseOutside(t)))); err != nil {
			t.Fatal(err)
		}
		site := start(t, "serve", "--addr", "127.0.0.1:0", "--home", home)
		_, before := site.get(t, "/readyz")
		filler := filepath.Join(disk, "filler")
		fill(t, disk, filler, int64(step)*(32<<20)/int64(steps))
		for _, args := range [][]string{{"import", file, "--by", "soak", "--home", home},
			{"publish", "--by", "soak", "--home", home}} {
			cmd, said := program(t, args...)
			if err := cmd.Run(); err != nil {
				refused++
				if !strings.Contains(strings.ToLower(said.String()), "no space left") &&
					!strings.Contains(said.String(), "nothing to publish") {
					t.Errorf("with %d of %d: %s does not say why: %s", step, steps, args[0], said)
				}
			}
			if code, _ := site.get(t, "/areas/derby"); code != 200 {
				t.Errorf("the site answers %d", code)
			}
			whole(t, home)
		}
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
		for _, command := range []string{"import " + file, "publish"} {
			if code, out, errOut := told(t, append(strings.Fields(command), "--by", "soak", "--home", home)...); code != 0 {
				t.Fatalf("with room again, %s: exit %d: %s%s", command, code, out, errOut)
			}
		}
		if entries := whole(t, home); len(entries) != 2 {
			t.Errorf("%d entries, want an import and a publication", len(entries))
		}
		awaitOther(t, site, before)
		site.end(t)
	}
	t.Logf("%d commands of %d refused for want of room, nothing lost", refused, 2*steps)
}

// homeWithReleaseOutside is the home that tests copy.
func homeWithReleaseOutside(t *testing.T) string {
	t.Helper()
	built, err := shippedHome()
	if err != nil {
		t.Fatal(err)
	}
	return built
}

// fill leaves so many bytes of a disk free.
func fill(t *testing.T, disk, filler string, free int64) {
	t.Helper()
	var stat syscall.Statfs_t
	if err := syscall.Statfs(disk, &stat); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(filler)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	size := int64(stat.Bavail)*int64(stat.Bsize) - free
	if _, err := io.CopyN(f, zeros{}, max(size, 0)); err != nil && !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
}

// zeros is a reader without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// awaitOther waits until a site serves another release, and says how long that took.
func awaitOther(t *testing.T, site *running, before string) time.Duration {
	t.Helper()
	begun := time.Now()
	for time.Since(begun) < 20*time.Second {
		if _, now := site.get(t, "/readyz"); now != before {
			return time.Since(begun)
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("the new release is not served")
	return 0
}

// TestSoakSwap publishes while readers read: each answer is of one release, none fails, and the new one is served soon.
func TestSoakSwap(t *testing.T) {
	home, files := homeWithRelease(t), t.TempDir()
	site := start(t, "serve", "--addr", "127.0.0.1:0", "--home", home)
	var asked, mixed atomic.Int64
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if !ofOneRelease(t, site.url) {
					mixed.Add(1)
				}
				asked.Add(1)
			}
		})
	}
	var took []time.Duration
	for n := range cycles(2, 100) {
		_, before := site.get(t, "/readyz")
		for _, command := range []string{"import " + notice(t, files, n), "publish"} {
			if code, out, errOut := told(t, append(strings.Fields(command), "--by", "soak", "--home", home)...); code != 0 {
				t.Fatalf("%s: exit %d: %s%s", command, code, out, errOut)
			}
		}
		took = append(took, awaitOther(t, site, before))
	}
	close(done)
	readers.Wait()
	slices.Sort(took)
	if mixed.Load() > 0 {
		t.Errorf("%d of %d answers mix two releases", mixed.Load(), asked.Load())
	}
	t.Logf("%d swaps under %d answers, 0 mixed; served after %v (median), %v (longest)", len(took), asked.Load(),
		took[len(took)/2], took[len(took)-1])
	site.end(t)
}

var releaseListed = regexp.MustCompile(`<dd>([0-9a-f]{64})</dd>`)

// ofOneRelease reads the page of releases and says whether its list and its foot name one release.
func ofOneRelease(t *testing.T, url string) bool {
	response, err := http.Get(url + "/releases")
	if err != nil {
		t.Error(err)
		return false
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Errorf("status %d, %v", response.StatusCode, err)
		return false
	}
	id := releaseListed.FindSubmatch(body)
	return id != nil && strings.Contains(string(body), "Release "+string(id[1][:12]))
}
