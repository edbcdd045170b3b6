package register

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"yardstick/data/finding"
	"yardstick/data/release"
)

// Act is a kind of decision.
type Act string

// The decisions that are journalled.
const (
	ActImport   Act = "import"   // adds figures from a file
	ActCorrect  Act = "correct"  // changes figures by a file
	ActApprove  Act = "approve"  // lets a draft take effect; never by the one who decided it
	ActLift     Act = "lift"     // ends an embargo early; never by the one who imported it
	ActPublish  Act = "publish"  // makes a release
	ActRemake   Act = "remake"   // names the manifest of a release that was made again
	ActWithdraw Act = "withdraw" // withdraws an import, or an inspection, from the next release
	ActRedact   Act = "redact"   // withdraws imports to have them erased
	ActErase    Act = "erase"    // erases what was redacted, once it is not public
	ActAnnounce Act = "announce" // tells readers what will be published and when, or changes what was told
	ActNotice   Act = "notice"   // words a press notice; it waits for somebody else's approval
	ActPlan     Act = "plan"     // decides about the programme of inspections
	ActReply    Act = "reply"    // is what an inspected service answers about its draft figures
	ActOutcome  Act = "outcome"  // says what became of the remarks of a reply
	ActComment  Act = "comment"  // says something about an import, or about one of its rows
	ActAccept   Act = "accept"   // accepts that a point of the list before publishing is open
	// set the moment at which an import is to be published, and take that back; publish follows
	ActSchedule   Act = "schedule"
	ActUnschedule Act = "unschedule"
	// says that an import is published, lifted and withdrawn with another
	ActAccompany Act = "accompany"
)

// Entry is one decision. Hash is the SHA-256 of the entry's line without it; Prev is the hash of the entry before.
type Entry struct {
	Seq    int       `json:"seq"`
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	User   string    `json:"user,omitempty"` // as the system knows who decided
	Act    Act       `json:"act"`
	Why    string    `json:"why,omitempty"`
	Upload string    `json:"upload,omitempty"` // import, correct, and documents: SHA-256 of the file
	Recipe string    `json:"recipe,omitempty"` // import, correct: SHA-256 of the recipe that the file was read by
	File   string    `json:"file,omitempty"`   // import, correct: the name it came by; documents: what it is about
	Kind   Kind      `json:"kind,omitempty"`   // import, correct: what the file holds
	// import, correct: SHA-256 of its rows as they are merged; judgements and questions have none
	Rows string `json:"rows,omitempty"`
	// import, correct: not to be published before it is approved; withdraw, redact, lift: without effect before that
	Draft    bool     `json:"draft,omitempty"`
	Approves string   `json:"approves,omitempty"` // approve: SHA-256 of the file, or the hash of the decision
	Embargo  *Embargo `json:"embargo,omitempty"`  // import, correct
	// publish: every import, and withdrawal of an inspection, in the release; approve, lift, withdraw: the one;
	// announce: those that it is of; documents: the imports whose figures they quote
	Imports []int  `json:"imports,omitempty"`
	Release string `json:"release,omitempty"` // publish

	Announcement  *Announcement `json:"announcement,omitempty"`  // announce
	Announcements []int         `json:"announcements,omitempty"` // publish: the entries that announce, as it tells them

	// publish, remake: the hash of what the release's manifest says of its content
	Manifest string `json:"manifest,omitempty"`

	Inspection string `json:"inspection,omitempty"` // withdraw: its id, where no import is named
	Previous   string `json:"previous,omitempty"`   // publish: the release that the home pointed to before
	Difference string `json:"difference,omitempty"` // publish: SHA-256 of what the release changed, kept among the uploads

	Erased     bool        `json:"erased,omitempty"`     // its texts were, and its line is a tombstone
	Tombstones []Tombstone `json:"tombstones,omitempty"` // erase: of the entries whose texts it erases
	// erase: by hash what it erases, what stands there now or ""
	Replaces map[string]string `json:"replaces,omitempty"`

	Prev string `json:"prev"`
	Hash string `json:"hash"`
}

// isImport reports whether an entry is an import of a file.
func (e Entry) isImport() bool { return e.Act == ActImport || e.Act == ActCorrect }

// withdraws reports whether an entry withdraws figures from what is published next.
func (e Entry) withdraws() bool { return e.Act == ActWithdraw || e.Act == ActRedact }

// String is the decision on one line that a terminal can show: its number, when, who, what, and why.
func (e Entry) String() string {
	text := fmt.Sprintf("%d %s %s: %s", e.Seq, e.At.UTC().Format(time.RFC3339), e.By, e.Act)
	switch {
	case e.isImport():
		text += fmt.Sprintf(" %s of %s, sha256 %.12s", e.Kind, e.File, e.Upload)
	case e.Act == ActPublish:
		text += fmt.Sprintf(" release %.12s of %v", e.Release, e.Imports)
	case e.Act == ActRemake:
		text += fmt.Sprintf(" release %.12s", e.Release)
	case e.Act.document():
		text += fmt.Sprintf(" %s, sha256 %.12s", e.File, e.Upload)
	case e.Act == ActErase:
		text += fmt.Sprintf(" imports %v", e.Imports)
	case e.Announcement != nil:
		text += fmt.Sprintf(" %q, expected %s", e.Announcement.TitleEN, e.Announcement.Expected)
		if e.Announcement.Cancelled {
			text += ", cancelled"
		}
	case e.Inspection != "":
		text += " inspection " + e.Inspection
	default:
		text += fmt.Sprintf(" import %v", e.Imports)
	}
	if e.User != "" && e.User != e.By {
		text += ", as user " + e.User
	}
	if e.Draft {
		text += ", a draft"
	}
	if e.Embargo != nil {
		text += fmt.Sprintf(", under embargo until %s", e.Embargo)
	}
	if e.Why != "" {
		text += ": " + strconv.Quote(e.Why)
	}
	return finding.Printable(text)
}

// unhashed is how a line ends before its hash is put in.
const unhashed = `"hash":""}`

// line returns an entry as a line of the journal, with its hash at the end, and the hash.
func (e Entry) line() (line []byte, hash string, err error) {
	e.Hash = ""
	text, err := json.Marshal(e)
	if err != nil {
		return nil, "", err
	}
	hash = release.HashOf(text)
	return append(bytes.TrimSuffix(text, []byte(`"}`)), hash+`"}`...), hash, nil
}

// hashOf returns the hash of a line as it was written: that of its bytes without the hash at its end.
func hashOf(line []byte) string {
	const length = 2 * sha256.Size
	end := len(line) - len(`"}`)
	if end < length {
		return ""
	}
	text := append(bytes.Clone(line[:end-length]), `"}`...)
	if !bytes.HasSuffix(text, []byte(unhashed)) {
		return ""
	}
	return release.HashOf(text)
}

// JournalError says where a journal is not what was written to it.
type JournalError struct {
	Line int
	Why  string
}

// Error names the line.
func (e *JournalError) Error() string { return fmt.Sprintf("journal line %d: %s", e.Line, e.Why) }

// readJournal reads and verifies every entry. whole is the length in bytes of the complete lines: a last line that
// does not end was being written when the machine stopped, and was acknowledged to nobody.
func readJournal(path string) (entries []Entry, whole int64, err error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, fmt.Errorf("read journal: %w", err)
	}
	return parseJournal(text)
}

func parseJournal(text []byte) (entries []Entry, whole int64, err error) {
	prev := ""
	stones := make(map[int]string) // the hashes of tombstones, by line
	for line := 1; ; line++ {
		end := bytes.IndexByte(text, '\n')
		if end < 0 {
			return entries, whole, buried(entries, stones)
		}
		var e Entry
		decoder := json.NewDecoder(bytes.NewReader(text[:end]))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&e); err != nil {
			return nil, 0, &JournalError{line, "cannot be read: " + err.Error()}
		}
		if decoder.More() {
			return nil, 0, &JournalError{line, "holds more than one entry"}
		}
		switch {
		case e.Seq != line:
			return nil, 0, &JournalError{line, fmt.Sprintf("is entry %d: one is missing or out of place", e.Seq)}
		case e.Prev != prev:
			return nil, 0, &JournalError{line, "does not follow the entry before it"}
		case e.Erased:
			stones[line] = release.HashOf(text[:end])
		case e.Hash != hashOf(text[:end]):
			return nil, 0, &JournalError{line, "was changed after it was written"}
		}
		prev = e.Hash
		entries = append(entries, e)
		whole += int64(end) + 1
		text = text[end+1:]
	}
}

// buried holds every tombstone to the entry that put it there.
func buried(entries []Entry, stones map[int]string) error {
	for _, e := range entries {
		for _, stone := range e.Tombstones {
			if e.Act == ActErase && stones[stone.Seq] == stone.Line && entries[stone.Seq-1].Hash == stone.Hash {
				delete(stones, stone.Seq)
			}
		}
	}
	for line := range stones {
		return &JournalError{line, "was changed after it was written: no entry erased it"}
	}
	return nil
}

// appendEntry adds an entry after the last whole line and forces it to disk. It is called under the register's lock.
func appendEntry(path string, whole int64, line []byte) (err error) {
	fresh := false
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		fresh = true
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, privateFile)
	if err != nil {
		return fmt.Errorf("append to journal: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.Truncate(whole); err != nil { // a line that never ended
		return fmt.Errorf("append to journal: %w", err)
	}
	if _, err := f.Seek(whole, io.SeekStart); err != nil {
		return fmt.Errorf("append to journal: %w", err)
	}
	if _, err := f.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("append to journal: %w", errors.Join(err, f.Truncate(whole)))
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("append to journal: %w", err)
	}
	if fresh {
		return release.SyncDir(filepath.Dir(path))
	}
	return nil
}
