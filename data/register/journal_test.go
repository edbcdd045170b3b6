package register

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yardstick/data/release"
)

// written is a journal of three entries.
func written(t *testing.T) (string, []Entry) {
	t.Helper()
	r := &Register{Home: t.TempDir(), Now: func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) }}
	if err := os.MkdirAll(r.dir(), 0o755); err != nil {
		t.Fatal(err)
	}
	var entries []Entry
	j := &journal{register: r}
	for _, why := range []string{"first", "second", "third"} {
		e, err := j.decide(Entry{By: "tester", Act: ActPublish, Why: why})
		if err != nil {
			t.Fatal(err)
		}
		if entries, _, err = readJournal(r.journalPath()); err != nil {
			t.Fatal(err)
		}
		if entries[len(entries)-1].Hash != e.Hash {
			t.Fatal("what was read is not what was written")
		}
	}
	return r.journalPath(), entries
}

func TestJournalFindsTampering(t *testing.T) {
	path, _ := written(t)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(bytes.TrimSuffix(text, []byte("\n")), []byte("\n"))
	for name, tampered := range map[string][]byte{
		"edited":        bytes.Replace(text, []byte("second"), []byte("secund"), 1),
		"deleted":       bytes.Join([][]byte{lines[0], lines[2], []byte("\n")}, nil),
		"reordered":     bytes.Join([][]byte{lines[1], lines[0], lines[2], []byte("\n")}, nil),
		"doubled":       bytes.Join([][]byte{lines[0], lines[0], lines[1]}, nil),
		"two on a line": bytes.Replace(text, []byte("}\n{"), []byte("}{"), 1),
		"unknown":       bytes.Replace(text, []byte(`"by"`), []byte(`"bye"`), 1),
	} {
		_, _, err := parseJournal(tampered)
		if _, ok := errors.AsType[*JournalError](err); !ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestJournalSurvivesACutWrite cuts the last line at every byte: what was acknowledged before is read, and the next
// entry follows it.
func TestJournalSurvivesACutWrite(t *testing.T) {
	path, entries := written(t)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	last := bytes.LastIndexByte(text[:len(text)-1], '\n') + 1
	for cut := last; cut < len(text); cut += 7 {
		r := &Register{Home: t.TempDir(), Now: time.Now}
		if err := os.MkdirAll(r.dir(), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(r.journalPath(), text[:cut], 0o644); err != nil {
			t.Fatal(err)
		}
		j := &journal{register: r}
		if err := j.read(); err != nil {
			t.Fatal(err)
		}
		read := j.entries
		if len(read) != 2 || read[1].Hash != entries[1].Hash {
			t.Fatalf("cut at %d: %d entries", cut, len(read))
		}
		_, err := j.decide(Entry{By: "tester", Act: ActPublish})
		if err != nil {
			t.Fatal(err)
		}
		if read, _, err = readJournal(r.journalPath()); err != nil || len(read) != 3 {
			t.Fatalf("after a cut at %d: %d entries, %v", cut, len(read), err)
		}
	}
	if filepath.Base(path) != "journal.jsonl" {
		t.Error(path)
	}
}

func FuzzJournal(f *testing.F) {
	f.Add([]byte(`{"seq":1,"at":"2026-01-02T03:04:05Z","by":"x","act":"publish","prev":"","hash":""}` + "\n"))
	f.Add([]byte("{}\n{}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		entries, whole, err := parseJournal(text)
		if err != nil {
			return
		}
		if whole > int64(len(text)) || len(entries) > bytes.Count(text, []byte("\n")) {
			t.Errorf("%d entries in %d bytes", len(entries), whole)
		}
		prev := ""
		for n, line := range bytes.SplitN(text, []byte("\n"), len(entries)+1)[:len(entries)] {
			e := entries[n]
			if hashOf(line) != e.Hash || e.Prev != prev {
				t.Errorf("entry %d was accepted and does not hold", e.Seq)
			}
			prev = e.Hash
		}
	})
}

// A line is held to its bytes: one with the same words in another order of fields, or with a field that later
// programs leave out, is verified as it was written.
func TestTheHashIsOfTheLineAsWritten(t *testing.T) {
	unhashed := `{"by":"tester","seq":1,"at":"2026-01-02T03:04:05Z","act":"publish","why":"","prev":"","hash":""}`
	line := strings.TrimSuffix(unhashed, `"}`) + release.HashOf([]byte(unhashed)) + `"}` + "\n"
	if entries, _, err := parseJournal([]byte(line)); err != nil || len(entries) != 1 {
		t.Errorf("%d entries, %v", len(entries), err)
	}
	if _, _, err := parseJournal([]byte(strings.Replace(line, "tester", "testes", 1))); err == nil {
		t.Error("an edited line is accepted")
	}
}
