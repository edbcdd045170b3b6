package store

import (
	"context"
	"encoding/json"
	"errors"
	"time"
)

// Petition is what one person asks for and another confirms.
type Petition struct {
	Act    string // lift, redact, withdraw
	About  string // a publication's number, or an inspection
	Person string
	At     time.Time
	Why    string
}

// AddPetition keeps what a person asks for. One that was asked for before stays.
func (s *Store) AddPetition(ctx context.Context, p Petition) error {
	return s.do(ctx, "office/petition_put.sql", p.Act, p.About, p.Person, stamp(s.now()), p.Why)
}

// DropPetition takes what was asked for back.
func (s *Store) DropPetition(ctx context.Context, act, about string) error {
	return s.do(ctx, "office/petition_drop.sql", act, about)
}

// Petitions returns what is asked for, the oldest first.
func (s *Store) Petitions(ctx context.Context) ([]Petition, error) {
	return all(ctx, s, func(scan func(...any) error) (p Petition, err error) {
		var at string
		err = scan(&p.Act, &p.About, &p.Person, &at, &p.Why)
		p.At = moment(at)
		return p, err
	}, "office/petitions.sql")
}

// Examination is what the last examination of a publication found.
type Examination struct {
	Person string // empty where there was none of the content that the register has
	At     time.Time
	Found  map[string][]Fault // by check; none where it passes
}

// Fault is something that an examination found, to be said in the language of who reads it.
type Fault struct {
	Key  string `json:"key"`
	What string `json:"what"`
	Why  string `json:"why,omitempty"`
}

// PutExamination keeps what was found in an import of a publication.
func (s *Store) PutExamination(ctx context.Context, id, seq int, person string, found map[string][]Fault) error {
	text, err := json.Marshal(found)
	if err != nil {
		return err
	}
	return s.do(ctx, "office/examination_put.sql", id, seq, person, stamp(s.now()), string(text))
}

// Examination returns what was found last in an import of a publication.
func (s *Store) Examination(ctx context.Context, id, seq int) (e Examination, err error) {
	found, err := all(ctx, s, func(scan func(...any) error) (e Examination, err error) {
		var at string
		var text []byte
		if err = scan(&e.Person, &at, &text); err == nil {
			e.At = moment(at)
			if json.Unmarshal(text, &e.Found) != nil {
				e = Examination{} // it is of an office of before, and is made again
			}
		}
		return e, err
	}, "office/examination.sql", id, seq)
	if err == nil && len(found) > 0 {
		e = found[0]
	}
	return e, err
}

// Redact takes the texts of a publication out of the database: of its file, and what people wrote about it.
func (s *Store) Redact(ctx context.Context, id int) error {
	var err error
	for _, query := range []string{"office/publication_redact.sql", "office/about_redact.sql",
		"office/events_redact.sql", "office/examination_drop.sql", "office/replies_redact.sql",
		"office/petitions_redact.sql"} {
		err = errors.Join(err, s.do(ctx, query, id))
	}
	return errors.Join(err, s.do(ctx, "office/checkpoint.sql"))
}
