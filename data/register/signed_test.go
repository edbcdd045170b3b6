package register

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yardstick/data/release"
)

// signed is a home with imports, an approval and two publications, the second of which withdraws.
func signed(t *testing.T) *Register {
	t.Helper()
	r, content := small(t)
	take(t, r, Import{Content: content, Draft: true})
	if err := r.Approve(t.Context(), 1, "other", "looked at"); err != nil {
		t.Fatal(err)
	}
	publish(t, r, "first")
	receipt := take(t, r, Import{Content: []byte(strings.Replace(string(content), ",66,", ",67,", 1)), Why: "misread"})
	withdraw(t, r, Withdrawal{Import: receipt.Seq, Why: "wrong"})
	withdraw(t, r, Withdrawal{Inspection: "elmstow-fji-2016", Why: "asked to"})
	publish(t, r, "second")
	if _, err := r.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	return r
}

// rechained is a journal whose entries were changed and hashed again, as anybody can who may write it.
func rechained(t *testing.T, text []byte, change func([]Entry) []Entry) []byte {
	t.Helper()
	entries, _, err := parseJournal(text)
	if err != nil {
		t.Fatal(err)
	}
	var out []byte
	prev := ""
	for n, e := range change(entries) {
		e.Seq, e.Prev = n+1, prev
		line, hash, err := e.line()
		if err != nil {
			t.Fatal(err)
		}
		prev = hash
		out = append(append(out, line...), '\n')
	}
	return out
}

// Two hundred tamperings by chance, and the ones that were known to pass before, are all found.
func TestVerifyFindsTampering(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := signed(t)
	whole := state(t, r.Home)
	old, last := whole[r.checkpointPath()], release.CurrentID(r.Home)
	text := []byte(whole[r.journalPath()])
	lines := bytes.SplitAfter(text, []byte("\n"))
	random := rand.New(rand.NewPCG(1, 2))
	flip := func(path string) map[string]string {
		content := []byte(whole[path])
		content[random.IntN(len(content))] ^= 1 << random.IntN(8)
		return map[string]string{path: string(content)}
	}
	write := func(content []byte) map[string]string { return map[string]string{r.journalPath(): string(content)} }
	manifest := filepath.Join(r.Home, "releases", last+".json")
	kinds := map[string]func() map[string]string{
		"a bit of the journal":    func() map[string]string { return flip(r.journalPath()) },
		"a bit of the checkpoint": func() map[string]string { return flip(r.checkpointPath()) },
		"cut at a byte":           func() map[string]string { return write(text[:random.IntN(len(text))]) },
		"cut at a line": func() map[string]string {
			return write(bytes.Join(lines[:random.IntN(len(lines)-1)],
				nil))
		},
		"lines exchanged": func() map[string]string {
			moved := slices.Clone(lines)
			a := random.IntN(len(lines) - 2)
			moved[a], moved[a+1] = moved[a+1], moved[a]
			return write(bytes.Join(moved, nil))
		},
		"a word rewritten": func() map[string]string {
			return write(rechained(t, text, func(all []Entry) []Entry {
				all[random.IntN(len(all))].By = "chief"
				return all
			}))
		},
		"an entry taken out": func() map[string]string {
			return write(rechained(t, text, func(all []Entry) []Entry {
				at := random.IntN(len(all))
				return slices.Delete(all, at, at+1)
			}))
		},
		"an entry put in": func() map[string]string {
			return write(rechained(t, text, func(all []Entry) []Entry {
				return append(all, Entry{By: "chief", Act: ActApprove, Imports: []int{1}})
			}))
		},
		"an upload": func() map[string]string {
			entries, _, _ := parseJournal(text)
			return flip(r.upload(entries[0].Upload))
		},
		"the database": func() map[string]string { return flip(release.Path(r.Home, last)) },
		"the record":   func() map[string]string { return flip(filepath.Join(r.Home, "releases", last+".zip")) },
		"the manifest": func() map[string]string {
			var m release.Manifest
			if err := json.Unmarshal([]byte(whole[manifest]), &m); err != nil {
				t.Fatal(err)
			}
			m.Rows["result_row"] += random.Int64N(9) + 1
			changed, err := json.Marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			return map[string]string{manifest: string(changed)}
		},
		"the public log":        func() map[string]string { return flip(release.LogPath(r.Home)) },
		"the public checkpoint": func() map[string]string { return flip(release.CheckpointPath(r.Home)) },
		"the pointer": func() map[string]string {
			return map[string]string{filepath.Join(r.Home, "CURRENT"): release.Earlier(r.Home)[0].ID + "\n"}
		},
		"the checkpoint gone": func() map[string]string { return map[string]string{r.checkpointPath(): ""} },
		"the journal gone":    func() map[string]string { return map[string]string{r.journalPath(): ""} },
		"journal and checkpoint gone": func() map[string]string {
			return map[string]string{r.journalPath(): "", r.checkpointPath(): ""}
		},
		"a tombstone": func() map[string]string {
			entries, _, _ := parseJournal(text)
			stone, _, _ := entries[0].tombstone()
			return write(bytes.Join(append([][]byte{append(stone, '\n')}, lines[1:]...), nil))
		},
	}
	put := func(files map[string]string) {
		for path, content := range files {
			err := os.WriteFile(path, []byte(content), 0o600)
			if content == "" {
				err = os.Remove(path)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	names := make([]string, 0, len(kinds))
	for name := range kinds {
		names = append(names, name)
	}
	slices.Sort(names)
	for n := range 200 {
		name := names[n%len(names)]
		files := kinds[name]()
		same := true
		back := make(map[string]string)
		for path, content := range files {
			same, back[path] = same && content == whole[path], whole[path]
		}
		if same {
			continue
		}
		put(files)
		var broken *JournalError
		if _, err := r.Verify(t.Context()); !errors.As(err, &broken) {
			t.Errorf("%d, %s: %v", n, name, err)
		}
		put(back)
	}
	if entries, err := r.Verify(t.Context()); err != nil || r.CheckAgainst([]byte(old), entries) != nil {
		t.Errorf("put back: %v", err)
	}
}

// Somebody with the key can sign another journal; it does not extend a checkpoint that was kept elsewhere.
func TestVerifyAgainstAnOlderCheckpoint(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := signed(t)
	read := func(path string) []byte {
		t.Helper()
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	kept := [][]byte{read(r.checkpointPath()), read(release.CheckpointPath(r.Home))}
	withdraw(t, r, Withdrawal{Inspection: "brackwater-cci-2012", Why: "asked to"})
	entries, err := r.Verify(t.Context())
	for _, checkpoint := range kept {
		if err := errors.Join(err, r.CheckAgainst(checkpoint, entries)); err != nil {
			t.Error(err)
		}
	}
	forged := rechained(t, read(r.journalPath()), func(all []Entry) []Entry {
		for n := range all {
			if all[n].Act == ActPublish {
				all[n].At = all[n].At.AddDate(0, 0, -1)
			}
		}
		return all
	})
	if entries, _, err = parseJournal(forged); err != nil {
		t.Fatal(err)
	}
	for _, checkpoint := range kept {
		var broken *JournalError
		if err := r.CheckAgainst(checkpoint, entries); !errors.As(err, &broken) {
			t.Errorf("a rewritten journal extends what was kept: %v", err)
		}
		if err := r.CheckAgainst(checkpoint, entries[:1]); !errors.As(err, &broken) {
			t.Errorf("a cut journal extends what was kept: %v", err)
		}
	}
	// two publications, and the first release as it is without what was withdrawn
	if log := read(release.LogPath(r.Home)); bytes.Count(log, []byte("\n")) != 3 {
		t.Errorf("the public log tells of what is not public: %s", log)
	}
}

// A register that was put back to an older state does not publish again what was withdrawn since; neither does one
// whose key is gone.
func TestAnOlderRegisterIsRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r, content := small(t)
	take(t, r, Import{Content: content})
	publish(t, r, "first")
	older := state(t, r.dir())
	withdraw(t, r, Withdrawal{Import: 1, Why: "wrong"})
	publish(t, r, "second")
	for path, text := range older {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var broken *JournalError
	if _, err := r.Publish(t.Context(), Choice{By: "tester"}); !errors.As(err, &broken) {
		t.Errorf("published: %v", err)
	}
	if err := os.Remove(r.keyPath()); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Publish(t.Context(), Choice{By: "tester"}); err == nil {
		t.Error("published without the key")
	}
}

// A release that is lost, or exchanged together with its manifest, is made again by publish under its id, and verifies.
func TestPublishMakesAnExchangedReleaseAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := signed(t)
	_, content := small(t)
	take(t, r, Import{Content: []byte(strings.Replace(string(content), ",66,", ",68,", 1)), Why: "misread again"})
	publish(t, r, "third")
	id := release.CurrentID(r.Home)
	path := filepath.Join(r.Home, "releases", id)
	exchange := func() error {
		other := release.Earlier(r.Home)[0].ID
		database, errDatabase := os.ReadFile(release.Path(r.Home, other))
		theirs, errTheirs := os.ReadFile(filepath.Join(r.Home, "releases", other+".json"))
		ours, errOurs := os.ReadFile(path + ".json")
		var a, b release.Manifest
		err := errors.Join(errDatabase, errTheirs, errOurs, json.Unmarshal(theirs, &a), json.Unmarshal(ours, &b))
		b.SHA256, b.Size = a.SHA256, a.Size
		text, errText := json.Marshal(b)
		return errors.Join(err, errText, os.WriteFile(release.Path(r.Home, id), database, 0o600),
			os.WriteFile(path+".json", text, 0o600))
	}
	for name, harm := range map[string]func() error{
		"exchanged": exchange,
		"lost": func() error {
			return errors.Join(os.Remove(path+".duckdb"), os.Remove(path+".json"), os.Remove(path+".zip"))
		},
	} {
		if err := harm(); err != nil {
			t.Fatal(err)
		}
		var broken *JournalError
		if _, err := r.Verify(t.Context()); !errors.As(err, &broken) {
			t.Errorf("%s: %v", name, err)
		}
		made, err := r.Publish(t.Context(), Choice{By: "tester"})
		if !errors.Is(err, ErrNothing) || made.Release.ID != id {
			t.Errorf("%s: %s, %v", name, made.Release.ID, err)
		}
		if _, err := r.Verify(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
