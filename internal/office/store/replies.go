package store

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"time"
)

// Reply is a link by which one contact of an inspected service sees its draft figures and answers. What they answer is
// in the register.
type Reply struct {
	Key         string // tells it from others; the link cannot be worked out from it
	Publication int
	Inspection  string
	Contact     string // who the link was given to
	Person      string // who gave it
	Asked       time.Time
	Until       time.Time // the link ends
	Looks       int
	Ended       time.Time // zero while the office has not ended it
}

// Last is the last minute at which the link may be used.
func (r Reply) Last() time.Time { return r.Until.Add(-time.Minute) }

// mostLooks is how often a link may be opened: a contact looks again, and whoever passes it on uses it up.
const mostLooks = 100

// NewReply makes a link by which a contact sees the draft figures of an inspection until a moment.
func (s *Store) NewReply(ctx context.Context, r Reply) (token string, err error) {
	token = rand.Text()
	return token, s.do(ctx, "office/reply_add.sql", hashed(token), r.Publication, r.Inspection, r.Contact, r.Person,
		stamp(s.now()), stamp(r.Until))
}

// LookAtReply returns the reply of a link, and counts the look. ErrNone where the link may not be used any more.
func (s *Store) LookAtReply(ctx context.Context, token string) (Reply, error) {
	key, err := one[string](ctx, s, "office/reply_look.sql", hashed(token), stamp(s.now()), mostLooks)
	if err != nil {
		return Reply{}, err
	}
	all, err := s.Replies(ctx)
	at := slices.IndexFunc(all, func(r Reply) bool { return r.Key == key })
	if err != nil || at < 0 {
		return Reply{}, errors.Join(err, ErrNone)
	}
	return all[at], nil
}

// EndReply ends the link of a reply.
func (s *Store) EndReply(ctx context.Context, publication int, key string) error {
	return s.do(ctx, "office/reply_end.sql", key, publication, stamp(s.now()))
}

// Replies returns the replies of all publications, the oldest first.
func (s *Store) Replies(ctx context.Context) ([]Reply, error) {
	return all(ctx, s, func(scan func(...any) error) (r Reply, err error) {
		var asked, until, ended string
		err = scan(&r.Key, &r.Publication, &r.Inspection, &r.Contact, &r.Person, &asked, &until, &r.Looks, &ended)
		r.Asked, r.Until, r.Ended = moment(asked), moment(until), moment(ended)
		return r, err
	}, "office/replies.sql")
}

// Accompany says that a publication goes with another.
func (s *Store) Accompany(ctx context.Context, id, parent int) error {
	return s.do(ctx, "office/companion_add.sql", id, parent)
}
