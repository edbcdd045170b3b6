package command

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yardstick/analytics"
	"yardstick/dashboards/export/datapackage"
	"yardstick/data/release"
)

// officeHome is a home on which commands are run that must succeed.
type officeHome struct {
	t    *testing.T
	home string
}

func (o officeHome) run(args ...string) string {
	o.t.Helper()
	var out, errOut bytes.Buffer
	if code := Run(o.t.Context(), "test", append(args, "--home", o.home), &out, &errOut); code != 0 {
		o.t.Fatalf("%q: %d, %s%s", args, code, &out, &errOut)
	}
	return out.String()
}

// take imports a file with a content.
func (o officeHome) take(name, content string, flags ...string) {
	o.t.Helper()
	path := filepath.Join(o.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		o.t.Fatal(err)
	}
	o.run(append([]string{"import", path, "--by", "ann"}, flags...)...)
}

// public is all that the newest release, and every release before it as its permanent address shows it, says: its
// tables, its package and its history. The newest is at "".
func (o officeHome) public() map[string]string {
	o.t.Helper()
	say := func(s *analytics.Snapshot, err error) string {
		if err != nil {
			o.t.Fatal(err)
		}
		var text strings.Builder
		for f, err := range datapackage.Files(s.Release(), datapackage.Tables(s)) {
			if err != nil {
				o.t.Fatal(err)
			}
			if strings.HasSuffix(f.Path, ".csv") || strings.HasSuffix(f.Path, ".json") {
				text.Write(f.Content)
			}
		}
		for _, p := range s.Publications() {
			fmt.Fprintf(&text, "%+v\n%+v\n", p, s.Revisions(p.Position))
		}
		fmt.Fprintf(&text, "%+v\n", s.Warnings())
		return text.String()
	}
	out := map[string]string{"": say(openRelease(o.t.Context(), o.home, logger(&bytes.Buffer{}, false)))}
	for _, m := range release.Earlier(o.home) {
		out[m.ID] = say(earlier(o.t.Context(), o.home, m.ID))
	}
	return out
}

const (
	derbyNow = "area,programme,publication_date,cases_in_sample,measure,score_percent,comment,note,source_url," +
		"source_title\n" +
		"Derby,cci,2012-03-15,50,safeguarding,%s,moderate,%s,https://example.test/%s,%s\n"
	secret = "area,name_en,region,status,aliases,source_url,source_title\n" +
		"secretville,Secretville,east-midlands,current,Hushton,https://example.test/a,Area canary\n"
)

// What a withdrawn import said is nowhere in public: not in the newest release, not at a permanent address, and not in
// the history, which says that it was withdrawn, when and why.
func TestWithdrawalIsComplete(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs commands on a home")
	}
	o := officeHome{t, t.TempDir()}
	o.take("first.csv", fmt.Sprintf(derbyNow, "66", "", "first", "Derby notice"))
	o.run("publish", "--by", "ann")
	o.take("second.csv", fmt.Sprintf(derbyNow, "67.89", "Jane-Doe aged 15", "canary", "Derby canary"), "--why", "misread")
	o.take("area.csv", secret)
	o.run("publish", "--by", "ann")
	o.take("third.csv", fmt.Sprintf(derbyNow, "68", "", "third", "Derby third"), "--why", "misread again")
	o.run("publish", "--by", "ann")
	canaries := []string{"67.89", "Jane-Doe", "/canary", "Derby canary", "Hushton", "Secretville", "Area canary"}
	for id, text := range o.public() {
		if id == "" && !strings.Contains(text, "Jane-Doe") {
			t.Fatal("the canaries were never public")
		}
	}
	o.run("withdraw", "3", "--by", "ann", "--why", "a child was named")
	o.run("withdraw", "4", "--by", "ann", "--why", "no such place")
	o.run("publish", "--by", "ann")
	all := o.public()
	if len(all) != 4 {
		t.Fatalf("%d releases", len(all))
	}
	for id, text := range all {
		for _, canary := range canaries {
			if at := strings.Index(text, canary); at >= 0 {
				t.Errorf("release %.8q says %q: …%q…", id, canary, text[max(0, at-80):min(at+80, len(text))])
			}
		}
		if !strings.Contains(text, "derby-cci-2012") {
			t.Errorf("release %.8q lost what was not withdrawn", id)
		}
	}
	if !strings.Contains(all[""], "a child was named") || !strings.Contains(all[""], "no such place") {
		t.Error("the history does not say why")
	}
	if _, err := release.Current(o.home); err != nil && !errors.Is(err, release.ErrNone) {
		t.Error(err)
	}
}

// What is redacted is in no file of the home, compressed or not; everything else stays, and the journal verifies.
func TestRedactionErases(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs commands on a home")
	}
	o := officeHome{t, t.TempDir()}
	o.take("first.csv", fmt.Sprintf(derbyNow, "66", "", "first", "Derby notice"))
	o.run("publish", "--by", "ann")
	o.take("jane-doe.csv", fmt.Sprintf(derbyNow, "67.89", "Jane-Doe", "canary", "Derby canary"), "--why", "Jane-Doe")
	o.take("other.csv", strings.Replace(fmt.Sprintf(derbyNow, "61", "", "other", "Other notice"), "Derby,", "Swindon,", 1))
	o.run("publish", "--by", "ann")
	o.take("third.csv", fmt.Sprintf(derbyNow, "68", "", "third", "Derby third"), "--why", "misread again")
	o.run("publish", "--by", "ann")
	before := o.run("journal", "verify")
	o.run("redact", "3", "--by", "ann", "--why", "names a child")
	if after := o.run("journal", "verify"); after == before {
		t.Error("the journal says nothing of it")
	}
	canaries := []string{"67.89", "Jane-Doe", "jane-doe", "/canary", "Derby canary"}
	find := func(where, text string) {
		t.Helper()
		for _, canary := range canaries {
			if strings.Contains(text, canary) {
				t.Errorf("%s has %q", where, canary)
			}
		}
	}
	for id, text := range o.public() {
		find("release "+id, text)
		if !strings.Contains(text, "derby-cci-2012") {
			t.Errorf("release %.8q lost what was not redacted", id)
		}
	}
	err := filepath.WalkDir(o.home, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		find(path, string(content))
		if strings.HasSuffix(path, ".zip") {
			archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
			if err != nil {
				return err
			}
			return fs.WalkDir(archive, ".", func(name string, entry fs.DirEntry, err error) error {
				if err != nil || entry.IsDir() {
					return err
				}
				content, err := fs.ReadFile(archive, name)
				find(path+" "+name, string(content))
				return err
			})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if said := o.run("publish", "--by", "ann"); !strings.Contains(said, "nothing to publish") {
		t.Errorf("after it: %s", said)
	}
	o.take("again.csv", fmt.Sprintf(derbyNow, "69", "", "again", "Derby again"), "--why", "the right figure")
	o.run("publish", "--by", "ann")
	o.run("journal", "verify")
}
