package store

import (
	"context"
	"strings"
	"time"
)

// State is where a publication stands before the journal says more of it.
type State string

// The states that the office's database keeps. Everything after review is in the journal.
const (
	StateSent   State = "sent"   // a file that the register does not have
	StateBack   State = "back"   // sent back by a reviewer: another file is awaited
	StateReview State = "review" // the register has it as a draft: somebody else is asked to approve it
)

// Publication is a file on its way to the public.
type Publication struct {
	ID      int
	Person  string // who sent the file
	File    string
	Hash    string // SHA-256 of the file
	Why     string
	Embargo string // as it was given, in London; empty for none
	Trial   []byte // what the register would do with it, until it has it
	State   State
	Import  int // its number in the journal; 0 before the register has it
	Sent    time.Time
	Parent  int // the publication that it goes with; 0 for one of its own

	Failed string // why it failed when it was to be public; empty where it did not
}

// File is a file with the recipe that it is read by, nil for the import format.
type File struct{ Content, Recipe []byte }

// AddPublication adds a publication and returns its number. One that is in the register already has no file.
func (s *Store) AddPublication(ctx context.Context, p Publication, file File) (int, error) {
	var number any
	if p.Import > 0 {
		number = p.Import
	}
	return one[int](ctx, s, "office/publication_add.sql", p.Person, p.File, file.Content, p.Hash, p.Why, p.Embargo,
		string(p.Trial), string(p.State), stamp(s.now()), number, file.Recipe)
}

// Replace puts another file in the place of one that the register does not have; ErrNone where it has it.
func (s *Store) Replace(ctx context.Context, p Publication, file File) error {
	_, err := one[int](ctx, s, "office/publication_replace.sql", p.ID, p.File, file.Content, p.Hash, p.Why, p.Embargo,
		string(p.Trial), stamp(s.now()), file.Recipe)
	return err
}

// Taken says that the register took the content with this hash, as an import.
func (s *Store) Taken(ctx context.Context, id int, hash string, seq int) error {
	_, err := one[int](ctx, s, "office/publication_taken.sql", id, hash, seq)
	return err
}

// Back says that a publication was sent back.
func (s *Store) Back(ctx context.Context, id int) error {
	if err := s.do(ctx, "office/sent_back_put.sql", id); err != nil {
		return err
	}
	_, err := one[int](ctx, s, "office/publication_back.sql", id)
	return err
}

// SentBack returns the publications of imports that were sent back, by import.
func (s *Store) SentBack(ctx context.Context) (map[int]int, error) {
	rows, err := all(ctx, s, func(scan func(...any) error) (row [2]int, err error) {
		return row, scan(&row[0], &row[1])
	}, "office/sent_back.sql")
	out := make(map[int]int)
	for _, row := range rows {
		out[row[0]] = row[1]
	}
	return out, err
}

// Publications returns all, the newest first.
func (s *Store) Publications(ctx context.Context) ([]Publication, error) {
	return all(ctx, s, func(scan func(...any) error) (p Publication, err error) {
		var sent string
		err = scan(&p.ID, &p.Person, &p.File, &p.Hash, &p.Why, &p.Embargo, &p.Trial, &p.State, &p.Import, &sent,
			&p.Failed, &p.Parent)
		p.Sent = moment(sent)
		return p, err
	}, "office/publications.sql")
}

// File returns the file of a publication that the register does not have.
func (s *Store) File(ctx context.Context, id int) (File, error) {
	content, err := one[[]byte](ctx, s, "office/publication_content.sql", id)
	if err != nil {
		return File{}, err
	}
	recipe, err := one[[]byte](ctx, s, "office/publication_recipe.sql", id)
	return File{content, recipe}, err
}

// Fail keeps why a publication failed at its moment; empty where that is done with.
func (s *Store) Fail(ctx context.Context, id int, why string) error {
	return s.do(ctx, "office/failure_put.sql", id, why)
}

// Reader is somebody who may read a publication before it is public.
type Reader struct {
	Person string
	Until  time.Time
}

// PutReader lets a person read a publication until a moment.
func (s *Store) PutReader(ctx context.Context, id int, person string, until time.Time) error {
	return s.do(ctx, "office/reader_put.sql", id, person, stamp(until))
}

// DropReader lets a person read a publication no more.
func (s *Store) DropReader(ctx context.Context, id int, person string) error {
	return s.do(ctx, "office/reader_drop.sql", id, person)
}

// Readers returns who may read a publication before it is public.
func (s *Store) Readers(ctx context.Context, id int) ([]Reader, error) {
	return all(ctx, s, func(scan func(...any) error) (r Reader, err error) {
		var until string
		err = scan(&r.Person, &until)
		r.Until = moment(until)
		return r, err
	}, "office/readers.sql", id)
}

// Event is something that was seen or done.
type Event struct {
	At          time.Time
	Person      string
	Act         string
	Publication int // 0 for none
	Words       string
	Row         string // of a file, that a comment is about; may be empty
}

// AddEvent keeps an event of now.
func (s *Store) AddEvent(ctx context.Context, e Event) error {
	id, err := one[int](ctx, s, "office/event_add.sql", stamp(s.now()), e.Person, e.Act, e.Publication, e.Words)
	if err == nil && e.Row != "" {
		err = s.do(ctx, "office/event_about.sql", id, e.Row)
	}
	return err
}

// Timeline returns what was done about a publication besides looking at it, the oldest first.
func (s *Store) Timeline(ctx context.Context, publication int) ([]Event, error) {
	return s.events(ctx, "office/timeline.sql", publication)
}

func (s *Store) events(ctx context.Context, query string, args ...any) ([]Event, error) {
	return all(ctx, s, func(scan func(...any) error) (e Event, err error) {
		var at string
		err = scan(&at, &e.Person, &e.Act, &e.Publication, &e.Words, &e.Row)
		e.At = moment(at)
		return e, err
	}, query, args...)
}

// Question is about what was seen and done. What is empty bounds nothing.
type Question struct {
	Publication int
	Person, Act string
	From, Until time.Time // Until is the first moment that is left out
	Most        int       // the newest so many; 0 for all
}

// Holds says whether an event is one of those that are asked about.
func (q Question) Holds(e Event) bool {
	return (q.Publication == 0 || q.Publication == e.Publication) &&
		(q.Person == "" || strings.EqualFold(q.Person, e.Person)) && (q.Act == "" || q.Act == e.Act) &&
		!e.At.Before(q.From) && (q.Until.IsZero() || e.At.Before(q.Until))
}

// Audit returns what was seen and done, the newest first.
func (s *Store) Audit(ctx context.Context, q Question) ([]Event, error) {
	bound := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return stamp(t)
	}
	most := -1
	if q.Most > 0 {
		most = q.Most
	}
	return s.events(ctx, "office/audit.sql", q.Publication, q.Person, q.Act, bound(q.From), bound(q.Until), most)
}

// SeenSince says whether somebody other than a person saw the preview of a publication since a moment.
func (s *Store) SeenSince(ctx context.Context, id int, other string, since time.Time) (bool, error) {
	n, err := one[int](ctx, s, "office/seen_since.sql", id, other, stamp(since))
	return n > 0, err
}
