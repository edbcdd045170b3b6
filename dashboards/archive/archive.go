package archive

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"yardstick/dashboards/export/datapackage"
)

// Bounds of an edition, so that a site that leads into itself without end fails. The shipped record has about a
// quarter of the files.
const (
	mostFiles = 60_000
	mostBytes = 4 << 30
)

// Source is what an edition is written from.
type Source struct {
	// Fetch returns what the site answers at an address: the status, the type of the content, and the content.
	Fetch func(address string) (status int, kind string, content []byte)
	// Kept returns the address under which the edition has what an address of the site shows, if it has it.
	Kept func(address string) (kept string, ok bool)
	// Live returns where the site itself shows what an address shows; empty where that is not known.
	Live func(address string) string
	// NeedsSite says what takes the place of a form on a page: a sentence, and the text of the link to the site.
	NeedsSite func(address string) (text, link string)

	Start   []string // addresses to begin with; what pages lead to comes after them
	Workers int      // addresses that are fetched at a time
}

// Progress says how far an edition is.
type Progress struct {
	Files int   // written
	Known int   // of those known to be needed; more become known on the way
	Bytes int64 // written
}

// Write writes the edition into a vacant folder, whole or not at all, and tells progress after each file.
func Write(ctx context.Context, dir string, from Source, tell func(Progress)) (Progress, error) {
	w := writer{from: from, tell: tell, known: make(map[string]bool), sums: make(map[string][sha256.Size]byte)}
	err := datapackage.Whole(dir, func(folder string) error {
		w.folder = folder
		if err := w.all(ctx); err != nil {
			return err
		}
		if err := w.writeSums(); err != nil {
			return err
		}
		syscall.Sync() // once for all files, before the folder has its name
		return nil
	})
	return w.done, err
}

// writer has the state of one edition.
type writer struct {
	from   Source
	tell   func(Progress)
	folder string
	known  map[string]bool // addresses that were fetched, or are to be
	next   []task
	sums   map[string][sha256.Size]byte // by file
	done   Progress
}

// task is an address to fetch, and the page that leads there.
type task struct{ address, because string }

// made is a file, and the addresses that it leads to.
type made struct {
	file    string
	content []byte
	refs    []string
}

// all fetches what is known to be needed, round by round, until nothing new becomes known.
func (w *writer) all(ctx context.Context) error {
	for _, address := range w.from.Start {
		w.need(address, "the list of pages")
	}
	for len(w.next) > 0 {
		round := w.next[:min(len(w.next), 64*w.from.Workers)]
		w.next = w.next[len(round):]
		files := make([]made, len(round))
		var fetches errgroup.Group
		fetches.SetLimit(w.from.Workers)
		for n, t := range round {
			fetches.Go(func() (err error) {
				if err := ctx.Err(); err != nil {
					return err
				}
				files[n], err = w.make(ctx, t)
				return err
			})
		}
		if err := fetches.Wait(); err != nil {
			return err
		}
		for n, f := range files {
			if err := w.write(f); err != nil {
				return err
			}
			for _, ref := range f.refs {
				w.need(ref, round[n].address)
			}
		}
	}
	return nil
}

func (w *writer) need(address, because string) {
	if !w.known[address] {
		w.known[address] = true
		w.next = append(w.next, task{address, because})
		w.done.Known++
	}
}

// busyFor is how often, and how long after another, a server is asked again that has too much to do.
const (
	busyTries = 50
	busyFor   = 100 * time.Millisecond
)

// make fetches an address. Pages get the addresses of files.
func (w *writer) make(ctx context.Context, t task) (made, error) {
	status, kind, content := w.from.Fetch(t.address)
	for range busyTries {
		if status != http.StatusServiceUnavailable {
			break
		}
		select {
		case <-ctx.Done():
			return made{}, ctx.Err()
		case <-time.After(busyFor):
		}
		status, kind, content = w.from.Fetch(t.address)
	}
	if status != http.StatusOK {
		return made{}, fmt.Errorf("%s leads to %s, which answers %d %s", t.because, t.address, status,
			http.StatusText(status))
	}
	isPage := strings.HasPrefix(kind, "text/html")
	m := made{file: fileOf(t.address, isPage), content: content}
	if !isPage {
		return m, nil
	}
	var err error
	if m.content, m.refs, err = w.localise(t.address, content); err != nil {
		return made{}, fmt.Errorf("page %s: %w", t.address, err)
	}
	return m, nil
}

// fileOf returns the file that an address is kept in: a page in a folder of its own, a choice in a folder of its name.
func fileOf(address string, isPage bool) string {
	p, query, _ := strings.Cut(address, "?")
	p = strings.Trim(p, "/")
	if isPage {
		return path.Join(p, query, "index.html")
	}
	return path.Join(path.Dir(p), query, path.Base(p))
}

// write writes a file below the folder.
func (w *writer) write(m made) error {
	if w.done.Files++; w.done.Files > mostFiles {
		return fmt.Errorf("more than %d files: the pages lead on without end", mostFiles)
	}
	if w.done.Bytes += int64(len(m.content)); w.done.Bytes > mostBytes {
		return fmt.Errorf("more than %d bytes: the pages lead on without end", int64(mostBytes))
	}
	if _, twice := w.sums[m.file]; twice {
		return fmt.Errorf("two addresses are kept in the file %s", m.file)
	}
	w.sums[m.file] = sha256.Sum256(m.content)
	to := filepath.Join(w.folder, filepath.FromSlash(m.file))
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return fmt.Errorf("write edition: %w", err)
	}
	if err := os.WriteFile(to, m.content, 0o644); err != nil {
		return fmt.Errorf("write edition: %w", err)
	}
	w.tell(w.done)
	return nil
}

// sumsFile lists the hash of every other file, as sha256sum checks it.
const sumsFile = "SHA256SUMS"

func (w *writer) writeSums() error {
	var text []string
	for file, sum := range w.sums {
		text = append(text, fmt.Sprintf("%x  %s\n", sum, file))
	}
	slices.SortFunc(text, func(a, b string) int { return strings.Compare(a[2*sha256.Size:], b[2*sha256.Size:]) })
	w.done.Known++
	return w.write(made{file: sumsFile, content: []byte(strings.Join(text, ""))})
}

// relative returns the way from a page of the edition to a file of it.
func relative(page, file string) string {
	from, to := strings.Split(path.Dir(page), "/"), strings.Split(file, "/")
	if from[0] == "." {
		from = nil
	}
	same := 0
	for same < len(from) && same < len(to)-1 && from[same] == to[same] {
		same++
	}
	way := strings.Repeat("../", len(from)-same) + strings.Join(to[same:], "/")
	return (&url.URL{Path: way}).String()
}
