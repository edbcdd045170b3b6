package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/dustin/go-humanize"

	"yardstick/analytics"
	"yardstick/data/register"
	"yardstick/data/release"
	"yardstick/data/store"
	"yardstick/queries"
)

// checkHome checks a home of an office or a server.
func (d *doctor) checkHome(ctx context.Context, s settings, links bool) {
	if info, err := os.Stat(s.Home); err != nil || !info.IsDir() {
		d.add(wrong, "home", "name the folder with --home, or run yardstick prepare",
			"%s is no folder that can be read", s.Home)
		return
	}
	d.checkPermissions(s.Home)
	d.checkDisk(s.Home)
	id := release.CurrentID(s.Home)
	m, err := release.Of(s.Home, id)
	switch {
	case id == "":
		d.add(wrong, "pointer", "run yardstick prepare, or publish", "the home points to no release")
	case err != nil:
		d.add(wrong, "pointer", "run yardstick publish, which makes the release again",
			"release %s cannot be read: %v", id, err)
	default:
		d.add(fine, "pointer", "", "release %s, built %s", id, m.Built.Format(time.RFC3339))
	}
	d.checkRegister(ctx, s) // it opens the release in a way of its own, and so before it is opened to be asked
	if id != "" && err == nil {
		d.checkRelease(ctx, m, release.Path(s.Home, m.ID), links)
	}
}

// checkPermissions finds files of the register that others may read, and releases that others may write.
func (d *doctor) checkPermissions(home string) {
	before := len(d.found)
	for _, of := range []struct {
		folder string
		not    fs.FileMode
		says   string
		do     string
	}{
		{"register", 0o077, "can be read by others than its owner", "chmod -R go= " + filepath.Join(home, "register")},
		{"releases", 0o022, "can be written by others than its owner", "chmod -R go-w " + filepath.Join(home, "releases")},
		{"CURRENT", 0o022, "can be written by others than its owner", "chmod go-w " + filepath.Join(home, "CURRENT")},
		{"settings", 0o022, "can be written by others than its owner", "chmod go-w " + filepath.Join(home, "settings")},
	} {
		count, first := 0, ""
		filepath.WalkDir(filepath.Join(home, of.folder), func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return nil // what cannot be read is told below, where it is needed
			}
			if info, err := entry.Info(); err == nil && info.Mode().Perm()&of.not != 0 && info.Mode().Type() != fs.ModeSymlink {
				if count++; first == "" {
					first = path
				}
			}
			return nil
		})
		if count > 0 {
			d.add(wrong, "permissions", of.do, "%s %s, one of %d such", first, of.says, count)
		}
	}
	if len(d.found) == before {
		d.add(fine, "permissions", "", "as they should be")
	}
}

// A publication needs room for a release and for making it; a home that has less is in danger, and one that has hardly
// any is lost at the next publication.
const (
	roomWanted = 1 << 30
	roomNeeded = 200 << 20
)

func (d *doctor) checkDisk(home string) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(home, &disk); err != nil {
		d.add(warned, "disk", "", "how much is free cannot be found out: %v", err)
		return
	}
	free := disk.Bavail * uint64(disk.Bsize)
	at, do := fine, "make room, or move the home to a larger disk"
	switch {
	case free < roomNeeded:
		at = wrong
	case free < roomWanted:
		at = warned
	}
	d.add(at, "disk", do, "%s are free; a publication needs up to %s", humanize.Bytes(free), humanize.Bytes(roomNeeded))
}

// checkRelease checks that this program can serve a release, as a server would open it.
func (d *doctor) checkRelease(ctx context.Context, m release.Manifest, file string, links bool) {
	if program, err := (release.Builder{Queries: queries.Files()}).Program(); err != nil || program != m.Program {
		d.add(wrong, "version", "run the same version where releases are published and here; prepare makes a release again",
			"the release was made by another version of Yardstick")
		return
	}
	snapshot, err := openFile(ctx, file, m)
	if err != nil {
		d.add(wrong, "release", "run yardstick publish, which makes the release again", "it does not open: %v", err)
		return
	}
	d.add(fine, "release", "", "it opens: %d areas, %d inspections", len(snapshot.Areas()), len(snapshot.Inspections()))
	d.checkClock(m.Built, "the release was built")
	d.checkLinks(ctx, links, addressesOf(snapshot))
}

func addressesOf(snapshot *analytics.Snapshot) []string {
	var urls []string
	for _, source := range snapshot.Sources() {
		urls = append(urls, source.URL)
	}
	return urls
}

// clockSlack is how far a clock may be behind another before it is wrong.
const clockSlack = 5 * time.Second

func (d *doctor) checkClock(other time.Time, what string) {
	if behind := other.Sub(d.now); behind > clockSlack {
		d.add(wrong, "clock", "set the clock, and let it follow a time server", "this machine's clock is %s behind: %s at %s",
			behind.Round(time.Second), what, other.UTC().Format(time.RFC3339))
		return
	}
	d.add(fine, "clock", "", "not behind: %s before now", what)
}

// checkRegister checks the journal, and what waits to be published.
func (d *doctor) checkRegister(ctx context.Context, s settings) {
	switch _, err := os.ReadDir(filepath.Join(s.Home, "register")); {
	case errors.Is(err, fs.ErrNotExist):
		d.add(fine, "journal", "", "there is no register here: nothing was imported, or this home is a server's")
		return
	case errors.Is(err, fs.ErrPermission):
		d.add(skipped, "journal", "run doctor as the register's owner", "this user may not read the register")
		return
	}
	r := newRegister(&s)
	entries, err := r.Verify(ctx)
	if err != nil {
		d.add(wrong, "journal", "restore a backup that is whole, or ask who changed it", "%v", err)
		return
	}
	d.add(fine, "journal", "", "%d entries, signed and whole", len(entries))
	if len(entries) > 0 {
		d.checkClock(entries[len(entries)-1].At, "the last decision was made")
	}
	waiting, err := r.Unpublished(d.now)
	if err != nil {
		d.add(wrong, "publication", "", "%v", err)
		return
	}
	d.checkWaiting(waiting)
}

func (d *doctor) checkWaiting(waiting []register.Unpublished) {
	for _, w := range waiting {
		about := fmt.Sprintf("import %d", w.Import)
		switch {
		case w.Draft:
			d.add(fine, about, "", "is a draft that nobody has approved")
		case w.Waits:
			d.add(fine, about, "", "waits for the end of its embargo, %s", w.Embargo.Words)
		case w.Embargo != nil && d.now.Sub(w.Embargo.Instant) > lateAfter:
			d.overdue++
			d.add(wrong, about, "run yardstick publish --due, and find out why it did not run",
				"its embargo ended %s, and it is not published", humanize.RelTime(w.Embargo.Instant, d.now, "ago", "from now"))
		default:
			d.add(warned, about, "run yardstick publish if it should be public", "is not published")
		}
	}
	if len(waiting) == 0 {
		d.add(fine, "publication", "", "nothing waits")
	}
}

// checkStore checks object storage as a server that follows it would, in a folder that is removed.
func (d *doctor) checkStore(ctx context.Context, s settings, links bool) {
	from, errStore := store.Open(s.From)
	key, errKey := logKey(s.LogKey)
	program, errProgram := release.Builder{Queries: queries.Files()}.Program()
	home, errHome := os.MkdirTemp("", "yardstick-doctor-")
	if err := errors.Join(errStore, errKey, errProgram, errHome); err != nil {
		d.add(wrong, "store", "", "%v", err)
		return
	}
	defer os.RemoveAll(home)
	d.checkDisk(home)
	follower := store.Follower{Store: from, Home: home, Program: program, Key: key}
	m, _, err := follower.Next(ctx)
	if err != nil {
		d.add(wrong, "store", "see docs/replicas.md", "%v", err)
		return
	}
	d.add(fine, "store", "", "release %s is there, whole", m.ID)
	switch _, _, err := release.PublicLog(home); {
	case err != nil:
		d.add(warned, "log", "publish from a home with a register", "the store has no log of publications")
	case key == "":
		d.add(warned, "log", "give the key, as journal key prints it, with --log-key",
			"the log fits the release; its signature is not checked")
	default:
		d.add(fine, "log", "", "the log of publications is signed and fits the release")
	}
	d.checkRelease(ctx, m, release.Path(home, m.ID), links)
}
