package store

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"yardstick/data/release"
)

// signedBy returns the checkpoint of a log, as RFC 6962 and the notes of Go's checksum database have it, computed apart
// from the register.
func signedBy(t *testing.T, key string, leaves []string) []byte {
	t.Helper()
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(at []int64) (out []tlog.Hash, err error) {
		for _, n := range at {
			out = append(out, stored[n])
		}
		return out, nil
	})
	for n, leaf := range leaves {
		hashes, err := tlog.StoredHashes(int64(n), []byte(leaf), reader)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, hashes...)
	}
	root, err := tlog.TreeHash(int64(len(leaves)), reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(key)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := note.Sign(&note.Note{Text: fmt.Sprintf("yardstick/releases\n%d\n%s\n", len(leaves),
		base64.StdEncoding.EncodeToString(root[:]))}, signer)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

// leafOf returns the line of a publication.
func leafOf(t *testing.T, m release.Manifest) string {
	t.Helper()
	bound, err := m.Bound()
	if err != nil {
		t.Fatal(err)
	}
	return "2026-11-29T09:30:00Z " + m.ID + " " + bound
}

// A server with the office's key follows a log that it signed and that grows, and refuses any other: one that is not
// signed, not signed with the key, cut off, rewritten, or about another release.
func TestAFollowerRefusesALogThatIsNotWhatItKnewWithMore(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	start(t)
	s := mustOpen(t)
	secret, public, err := note.GenerateKey(rand.Reader, "yardstick-register")
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := note.GenerateKey(rand.Reader, "yardstick-register")
	if err != nil {
		t.Fatal(err)
	}
	push := func(home, key string, leaves ...string) error {
		t.Helper()
		if err := release.WriteLog(home, []byte(strings.Join(leaves, "\n")+"\n"), signedBy(t, key, leaves)); err != nil {
			t.Fatal(err)
		}
		_, err := s.Push(t.Context(), home, "")
		return err
	}
	home, first := homeOf(t, "First")
	f := follower(t, s)
	f.Key = public
	refuses := func(says string) {
		t.Helper()
		if _, moved, err := f.Next(t.Context()); moved || err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("moved %t, %v; want %q", moved, err, says)
		}
	}

	if _, err := s.Push(t.Context(), home, ""); err != nil {
		t.Fatal(err)
	}
	refuses("has no signed log of publications")
	if err := push(home, other, leafOf(t, first)); err != nil {
		t.Fatal(err)
	}
	refuses("its signature is not that of the register's key")
	home, second := homeOf(t, "First", "Second")
	if err := push(home, secret, leafOf(t, first), leafOf(t, second)); err != nil {
		t.Fatal(err)
	}
	next(t, f, second)
	if log, _, err := release.PublicLog(f.Home); err != nil || !strings.Contains(string(log), second.ID) {
		t.Errorf("the log here: %q, %v", log, err)
	}

	if err := push(home, secret, leafOf(t, first)); err == nil ||
		!strings.Contains(err.Error(), "is not the one that its log says was published last") {
		t.Errorf("a home whose log is of another release: %v", err)
	}
	if err := push(home, secret, leafOf(t, second)); err != nil {
		t.Fatal(err)
	}
	refuses("cut off")
	if err := push(home, secret, leafOf(t, second), leafOf(t, second)); err != nil {
		t.Fatal(err)
	}
	refuses("rewritten")
	f.Key = "" // without the key it is known all the same
	refuses("rewritten")
	if err := push(home, secret, leafOf(t, first), leafOf(t, second), leafOf(t, second)); err != nil {
		t.Fatal(err)
	}
	f.Key = public
	next(t, f, second)

	// the first release is made again, without what was withdrawn: the second is still the one published last
	if err := push(home, secret, leafOf(t, first), leafOf(t, second), leafOf(t, second), leafOf(t, first)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Next(t.Context()); err != nil {
		t.Errorf("a log that ends with a release that was made again: %v", err)
	}
}
