package register

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// CheckLog compares a public log from elsewhere with what is known of it. It fails where the log is not what its
// checkpoint says, where its last publication is not a release whose manifest has a hash (Manifest.Bound), and where it
// does not begin with an earlier checkpoint; known is nil for none. With a key, both must be signed with it.
func CheckLog(log, signed, known []byte, key, release, bound string) error {
	now, err := readCheckpoint(signed, key)
	if err != nil {
		return fmt.Errorf("the checkpoint of its log: %w", err)
	}
	if now.Log != publicLog {
		return fmt.Errorf("the checkpoint is of another log, %s", now.Log)
	}
	leaves := strings.Split(strings.TrimSuffix(string(log), "\n"), "\n")
	if now.Size != int64(len(leaves)) {
		return fmt.Errorf("its log has %d publications, and %d are signed", len(leaves), now.Size)
	}
	if err := now.extends(leaves); err != nil {
		return fmt.Errorf("its log %w", err)
	}
	published, manifest := lastPublished(leaves)
	if published != release || manifest != bound && manifest != "-" {
		return fmt.Errorf("release %s is not the one that its log says was published last", release)
	}
	if known == nil {
		return nil
	}
	before, err := readCheckpoint(known, key)
	if err != nil {
		return fmt.Errorf("the checkpoint that is known here: %w", err)
	}
	if err := before.extends(leaves); err != nil {
		return fmt.Errorf("its log is not the one that is known here, with more: it %w", err)
	}
	return nil
}

// readCheckpoint reads a checkpoint that a key signed, or any one where no key is known.
func readCheckpoint(signed []byte, key string) (Checkpoint, error) {
	if key != "" {
		by, err := note.NewVerifier(key)
		if err != nil {
			return Checkpoint{}, fmt.Errorf("the key: %w", err)
		}
		return openCheckpoint(signed, by)
	}
	_, err := note.Open(signed, nil)
	unverified, ok := errors.AsType[*note.UnverifiedNoteError](err)
	if !ok {
		return Checkpoint{}, fmt.Errorf("is no checkpoint: %w", err)
	}
	return parseCheckpoint(unverified.Note.Text)
}

// PublicKey returns the key that verifies the office's signatures, which anybody may have.
func (r *Register) PublicKey() (string, error) {
	secret, err := os.ReadFile(r.keyPath())
	if err != nil {
		return "", fmt.Errorf("read key: %w", err)
	}
	return publicKey(strings.TrimSpace(string(secret)))
}

// lastPublished returns the release that a log says was published last, and the hash of the manifest that it has now. A
// release that stands in the log once more was made again, without what was withdrawn since.
func lastPublished(leaves []string) (release, manifest string) {
	manifests := make(map[string]string)
	for _, leaf := range leaves {
		fields := strings.Fields(leaf)
		if len(fields) != 3 {
			return "", ""
		}
		if _, again := manifests[fields[1]]; !again {
			release = fields[1]
		}
		manifests[fields[1]] = fields[2]
	}
	return release, manifests[release]
}
