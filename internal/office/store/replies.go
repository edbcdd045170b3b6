package store

import (
	"context"
	"crypto/rand"
	"errors"
	"time"
)

// Reply is the right of reply of an inspected service: a link for one contact, and what they answered.
type Reply struct {
	ID          int
	Publication int
	Inspection  string
	Contact     string // who the link was given to
	Person      string // who gave it
	Asked       time.Time
	Until       time.Time // the link ends
	Looks       int
	Response    string
	Answered    time.Time // zero before
	Ended       time.Time // zero while the office has not ended it
	Remarks     []Remark
}

// Remark is what a service says of one of its figures, and what became of it.
type Remark struct {
	Number  int
	About   string
	Words   string
	Outcome string // accepted, refused, noted; empty before
	Why     string
	Person  string // who decided
}

// mostLooks is how often a link may be opened: a contact looks again, and whoever passes it on uses it up.
const mostLooks = 100

// NewReply makes a link by which a contact sees the draft figures of an inspection until a moment.
func (s *Store) NewReply(ctx context.Context, r Reply) (token string, err error) {
	token = rand.Text()
	_, err = one[int](ctx, s, "office/reply_add.sql", hashed(token), r.Publication, r.Inspection, r.Contact, r.Person,
		stamp(s.now()), stamp(r.Until))
	return token, err
}

// LookAtReply returns the reply of a link, and counts the look. ErrNone where the link may not be used any more.
func (s *Store) LookAtReply(ctx context.Context, token string) (Reply, error) {
	id, err := one[int](ctx, s, "office/reply_look.sql", hashed(token), stamp(s.now()), mostLooks)
	if err != nil {
		return Reply{}, err
	}
	found, err := s.replies(ctx, 0, id)
	if err != nil || len(found) == 0 {
		return Reply{}, errors.Join(err, ErrNone)
	}
	return found[0], nil
}

// Answer keeps what a contact answered, once; ErrNone where it is too late.
func (s *Store) Answer(ctx context.Context, id int, response string, remarks []Remark) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // nothing is left to undo once it is committed
	var answered int
	err = tx.QueryRowContext(ctx, s.queries["office/reply_answer.sql"], id, response, stamp(s.now())).Scan(&answered)
	if err != nil {
		return ErrNone
	}
	for n, r := range remarks {
		if _, err := tx.ExecContext(ctx, s.queries["office/remark_add.sql"], id, n+1, r.About, r.Words); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// EndReply ends the link of a reply.
func (s *Store) EndReply(ctx context.Context, publication, id int) error {
	return s.do(ctx, "office/reply_end.sql", id, publication, stamp(s.now()))
}

// DecideRemark keeps what became of a remark.
func (s *Store) DecideRemark(ctx context.Context, reply int, r Remark) error {
	return s.do(ctx, "office/remark_decide.sql", reply, r.Number, r.Outcome, r.Why, r.Person)
}

// Replies returns the replies of a publication with their remarks, the oldest first.
func (s *Store) Replies(ctx context.Context, publication int) ([]Reply, error) {
	return s.replies(ctx, publication, 0)
}

func (s *Store) replies(ctx context.Context, publication, id int) ([]Reply, error) {
	found, err := all(ctx, s, func(scan func(...any) error) (r Reply, err error) {
		var asked, until, answered, ended string
		err = scan(&r.ID, &r.Publication, &r.Inspection, &r.Contact, &r.Person, &asked, &until, &r.Looks, &r.Response,
			&answered, &ended)
		r.Asked, r.Until, r.Answered, r.Ended = moment(asked), moment(until), moment(answered), moment(ended)
		return r, err
	}, "office/replies.sql", publication, id)
	for n := range found {
		if err == nil {
			found[n].Remarks, err = s.remarks(ctx, found[n].ID)
		}
	}
	return found, err
}

func (s *Store) remarks(ctx context.Context, reply int) ([]Remark, error) {
	return all(ctx, s, func(scan func(...any) error) (r Remark, err error) {
		return r, scan(&r.Number, &r.About, &r.Words, &r.Outcome, &r.Why, &r.Person)
	}, "office/remarks.sql", reply)
}

// AddCompanion adds a publication that goes with another, and returns its number.
func (s *Store) AddCompanion(ctx context.Context, p Publication, parent int) (int, error) {
	id, err := s.AddPublication(ctx, p, File{})
	if err == nil {
		err = s.do(ctx, "office/companion_add.sql", id, parent)
	}
	return id, err
}

// Plan is when the improvement plan of an inspection is due, and when it came: days in London, as 2027-06-13.
type Plan struct {
	Inspection  string
	Publication int
	Due         string
	Received    string // empty before
}

// PutPlan keeps the plan of an inspection.
func (s *Store) PutPlan(ctx context.Context, p Plan) error {
	return s.do(ctx, "office/plan_put.sql", p.Inspection, p.Publication, p.Due, p.Received)
}

// Plans returns the plans of all inspections, the earliest due first.
func (s *Store) Plans(ctx context.Context) ([]Plan, error) {
	return all(ctx, s, func(scan func(...any) error) (p Plan, err error) {
		return p, scan(&p.Inspection, &p.Publication, &p.Due, &p.Received)
	}, "office/plans.sql")
}
