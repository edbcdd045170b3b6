package e2e

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"yardstick/data/release"
)

// TestDoctorSaysWhatIsWrong breaks homes in one way after another: doctor names what is wrong, says what to do and exits
// 1; a home with nothing wrong is told so.
func TestDoctorSaysWhatIsWrong(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs the program")
	}
	whole := homeWithRelease(t)
	importNotice(t, whole)
	if code, _, errOut := told(t, "publish", "--home", whole, "--by", "ann"); code != 0 {
		t.Fatal(errOut)
	}
	if code, out, errOut := told(t, "doctor", "--home", whole); code != 0 || !strings.Contains(out, "ok           release: it opens") ||
		!strings.Contains(out, "entries, signed and whole") || strings.Contains(out, "wrong") {
		t.Errorf("a whole home: exit %d\n%s%s", code, out, errOut)
	}
	for _, c := range []struct {
		name, says string
		harm       func(home string) error
	}{
		{"no home", "is no folder that can be read", os.RemoveAll},
		{"a register that others read", "can be read by others than its owner",
			func(home string) error { return os.Chmod(filepath.Join(home, "register", "journal.jsonl"), 0o644) }},
		{"releases that others write", "can be written by others",
			func(home string) error { return os.Chmod(filepath.Join(home, "releases"), 0o777) }},
		{"no pointer", "points to no release", func(home string) error { return os.Remove(filepath.Join(home, "CURRENT")) }},
		{"a damaged database", "cannot be read", func(home string) error {
			return os.Truncate(release.Path(home, release.CurrentID(home)), 4096)
		}},
		{"a journal that was cut off", "wrong        journal", func(home string) error {
			return os.Truncate(filepath.Join(home, "register", "journal.jsonl"), 0)
		}},
		{"an embargo that ended", "its embargo ended", func(home string) error {
			file := filepath.Join(t.TempDir(), "late.csv")
			if err := os.WriteFile(file, []byte(strings.ReplaceAll(misread, "Wolverhampton", "Walsall")), 0o600); err != nil {
				return err
			}
			if code, out, errOut := told(t, "import", file, "--home", home, "--by", "ann", "--embargo",
				"2012-06-13 00:01"); code != 0 {
				t.Fatal(out, errOut)
			}
			return nil
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			home := filepath.Join(t.TempDir(), "home")
			if err := os.CopyFS(home, os.DirFS(whole)); err != nil {
				t.Fatal(err)
			}
			private(t, home)
			if err := c.harm(home); err != nil {
				t.Fatal(err)
			}
			metrics := filepath.Join(t.TempDir(), "yardstick.prom")
			code, out, errOut := told(t, "doctor", "--home", home, "--metrics", metrics)
			if code != 1 || !strings.Contains(out, c.says) {
				t.Errorf("exit %d\n%s%s", code, out, errOut)
			}
			text, err := os.ReadFile(metrics)
			if err != nil || strings.Contains(string(text), `findings{state="wrong"} 0`) {
				t.Errorf("its metrics: %s, %v", text, err)
			}
		})
	}
}

// private gives a copy of a register the permissions that a copy does not keep.
func private(t *testing.T, home string) {
	t.Helper()
	err := filepath.Walk(filepath.Join(home, "register"), func(path string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		mode := os.FileMode(0o600)
		if info.IsDir() {
			mode = 0o700
		}
		return os.Chmod(path, mode)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The doctor looks at object storage as a server would.
func TestDoctorOfAStore(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs the program")
	}
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
	const bucket = "s3://releases/yardstick"
	if code, out, _ := told(t, "doctor", "--from", bucket); code != 1 || !strings.Contains(out, "has no release yet") {
		t.Errorf("an empty store: exit %d\n%s", code, out)
	}
	office := homeWithRelease(t)
	importNotice(t, office)
	if code, _, errOut := told(t, "publish", "--to", bucket, "--home", office, "--by", "ann"); code != 0 {
		t.Fatal(errOut)
	}
	code, key, errOut := told(t, "journal", "key", "--home", office)
	if code != 0 || !strings.HasPrefix(key, "yardstick-register+") {
		t.Fatalf("journal key: exit %d, %q, %q", code, key, errOut)
	}
	code, out, errOut := told(t, "doctor", "--from", bucket, "--log-key", strings.TrimSpace(key), "--json")
	var found []struct{ State, About, Says string }
	if err := json.Unmarshal([]byte(out), &found); err != nil || code != 0 {
		t.Fatalf("exit %d, %v: %s%s", code, err, out, errOut)
	}
	signed := false
	for _, f := range found {
		signed = signed || f.State == "ok" && strings.Contains(f.Says, "is signed and fits the release")
	}
	if !signed {
		t.Errorf("the log is not said to be signed: %s", out)
	}
	other := strings.Replace(strings.TrimSpace(key), key[len(key)-6:len(key)-2], "AAAA", 1)
	if code, out, _ := told(t, "doctor", "--from", bucket, "--log-key", other); code != 1 {
		t.Errorf("another key: exit %d\n%s", code, out)
	}
}
