package e2e

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"yardstick/data/release"
)

// TestReplicas publishes to object storage and has two servers follow it, which share nothing else: a publication
// reaches both soon, an older release keeps its address, and without the store they serve the last one, also after a
// restart.
func TestReplicas(t *testing.T) {
	const bucket = "s3://releases/yardstick"
	backend := s3mem.New()
	if err := backend.CreateBucket("releases"); err != nil {
		t.Fatal(err)
	}
	var gone atomic.Bool
	fake := gofakes3.New(backend).Server()
	store := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if gone.Load() {
			panic(http.ErrAbortHandler)
		}
		fake.ServeHTTP(w, r)
	}))
	defer store.Close()
	for name, value := range map[string]string{"AWS_ENDPOINT_URL": store.URL, "AWS_ENDPOINT_URL_S3": "",
		"AWS_ACCESS_KEY_ID": "tester", "AWS_SECRET_ACCESS_KEY": "secretsecret"} {
		t.Setenv(name, value)
	}
	follow := func(home string) *running {
		return start(t, "serve", "--from", bucket, "--addr", "127.0.0.1:0", "--home", home)
	}

	// Without a release anywhere a replica starts, says that it is not ready, and becomes so.
	homes := []string{filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "two")}
	replicas := []*running{follow(homes[0])}
	if status, _ := replicas[0].get(t, "/readyz"); status != http.StatusServiceUnavailable {
		t.Errorf("an empty store: /readyz answers %d", status)
	}
	office := homeWithRelease(t)
	first := release.CurrentID(office)
	if code, out, errOut := told(t, "push", "--to", bucket, "--home", office); code != 0 || !strings.Contains(out, first) {
		t.Fatalf("push: exit %d, %q, %q", code, out, errOut)
	}
	replicas = append(replicas, follow(homes[1]))
	for _, r := range replicas {
		awaitReady(t, r, first, 30*time.Second)
	}

	importNotice(t, office)
	code, out, errOut := told(t, "publish", "--to", bucket, "--home", office, "--by", "ann")
	if code != 0 || !strings.Contains(out, "in place of "+first) {
		t.Fatalf("publish: exit %d, %q, %q", code, out, errOut)
	}
	second := release.CurrentID(office)
	const notice = "/inspections/wolverhampton-cci-2012"
	for n, r := range replicas {
		t.Logf("replica %d follows in %s", n, awaitReady(t, r, second, 20*time.Second))
		says(t, r, http.StatusOK, notice, "61")
	}
	awaitEarlier(t, homes[1], first)
	says(t, replicas[1], http.StatusOK, "/r/"+first[:12]+"/areas/wolverhampton", first[:12])

	// Another office cannot put its release in place of this one.
	stranger := homeWithRelease(t)
	if code, _, errOut := told(t, "push", "--to", bucket, "--home", stranger); code != 2 ||
		!strings.Contains(errOut, "--replacing "+second) {
		t.Errorf("a stranger's push: exit %d, %q", code, errOut)
	}

	gone.Store(true)
	says(t, replicas[0], http.StatusOK, notice, "61")
	replicas[1].end(t)
	again := follow(homes[1])
	awaitReady(t, again, second, 5*time.Second)
	says(t, again, http.StatusOK, notice, "61")
	if log := again.log.String(); !strings.Contains(log, "serving the last release in the home") {
		t.Errorf("the log: %s", log)
	}
	if code, _, errOut := told(t, "push", "--to", bucket, "--home", office); code != 2 ||
		!strings.Contains(errOut, "cannot be reached") {
		t.Errorf("push to nowhere: exit %d, %q", code, errOut)
	}
	replicas[0].end(t)
	again.end(t)
}

// awaitReady waits until a server answers from a release, and returns how long that took.
func awaitReady(t *testing.T, r *running, id string, longest time.Duration) time.Duration {
	t.Helper()
	begun := time.Now()
	for time.Since(begun) < longest {
		if status, body := r.get(t, "/readyz"); status == http.StatusOK && strings.Contains(body, id) {
			return time.Since(begun)
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("release %.12s is not served: %s", id, r.log)
	return 0
}

// awaitEarlier waits until a home knows of an earlier release.
func awaitEarlier(t *testing.T, home, id string) {
	t.Helper()
	for range 500 {
		if earlier := release.Earlier(home); len(earlier) == 1 && earlier[0].ID == id {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("%s knows of %d earlier releases", home, len(release.Earlier(home)))
}

// importNotice imports a result that the shipped record does not have.
func importNotice(t *testing.T, home string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "notice.csv")
	if err := os.WriteFile(file, []byte(misread), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errOut := told(t, "import", file, "--home", home, "--by", "ann"); code != 0 {
		t.Fatalf("import: exit %d, %q", code, errOut)
	}
}

// publishNotice imports it and publishes it.
func publishNotice(t *testing.T, home string) {
	t.Helper()
	importNotice(t, home)
	if code, _, errOut := told(t, "publish", "--home", home, "--by", "ann"); code != 0 {
		t.Fatalf("publish: exit %d, %q", code, errOut)
	}
}
