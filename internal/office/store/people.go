package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strings"
	"time"
)

// Person is somebody who may sign in.
type Person struct {
	Name   string
	Handle []byte   // what passkeys know the person by
	Roles  []string // in the order they were given
	Added  time.Time
	Ended  time.Time // zero while the person may sign in
	Email  string    // by which the identity provider knows the person; empty for none
}

// AddPerson adds somebody with roles.
func (s *Store) AddPerson(ctx context.Context, name string, roles []string) error {
	handle := make([]byte, 64)
	rand.Read(handle) // which never fails
	return s.do(ctx, "office/person_add.sql", name, handle, strings.Join(roles, ","), stamp(s.now()))
}

// SetRoles gives a person other roles.
func (s *Store) SetRoles(ctx context.Context, name string, roles []string) error {
	return s.do(ctx, "office/person_roles.sql", name, strings.Join(roles, ","))
}

// SetEmail says by which address the identity provider knows a person; empty for none. It is an error where somebody
// else has the address.
func (s *Store) SetEmail(ctx context.Context, name, email string) error {
	if email == "" {
		return s.do(ctx, "office/identity_drop.sql", name)
	}
	return s.do(ctx, "office/identity_put.sql", name, email)
}

// Identify returns whom the identity provider knows as a subject; the first time, as the verified address.
func (s *Store) Identify(ctx context.Context, subject, email string) (person string, err error) {
	return one[string](ctx, s, "office/identity_find.sql", subject, email)
}

// End ends a person's access: how they sign in goes with it. Sessions are refused at their next request.
func (s *Store) End(ctx context.Context, name string) error {
	for _, query := range []string{"office/passkeys_drop.sql", "office/links_drop.sql", "office/codes_drop.sql",
		"office/identity_drop.sql"} {
		if err := s.do(ctx, query, name); err != nil {
			return err
		}
	}
	return s.do(ctx, "office/person_end.sql", name, stamp(s.now()))
}

// Restore lets a person sign in again, by a new link.
func (s *Store) Restore(ctx context.Context, name string) error {
	return s.do(ctx, "office/person_end.sql", name, nil)
}

// People returns everybody, by name.
func (s *Store) People(ctx context.Context) ([]Person, error) { return s.people(ctx, "") }

// Person returns who has a name, in any case; ErrNone where nobody has.
func (s *Store) Person(ctx context.Context, name string) (Person, error) {
	if name == "" {
		return Person{}, ErrNone
	}
	found, err := s.people(ctx, name)
	if err == nil && len(found) == 0 {
		err = ErrNone
	}
	if err != nil {
		return Person{}, err
	}
	return found[0], nil
}

func (s *Store) people(ctx context.Context, name string) ([]Person, error) {
	return all(ctx, s, func(scan func(...any) error) (p Person, err error) {
		var roles, added, ended string
		err = scan(&p.Name, &p.Handle, &roles, &added, &ended, &p.Email)
		p.Roles, p.Added, p.Ended = strings.Split(roles, ","), moment(added), moment(ended)
		return p, err
	}, "office/people.sql", name)
}

// ByHandle returns who has a passkey's handle.
func (s *Store) ByHandle(ctx context.Context, handle []byte) (Person, error) {
	name, err := one[string](ctx, s, "office/person_by_handle.sql", handle)
	if err != nil {
		return Person{}, err
	}
	return s.Person(ctx, name)
}

// PutPasskey adds a passkey of a person, or keeps its new record.
func (s *Store) PutPasskey(ctx context.Context, id []byte, person string, record []byte) error {
	return s.do(ctx, "office/passkey_put.sql", id, person, string(record), stamp(s.now()))
}

// Passkeys returns the records of a person's passkeys, the oldest first.
func (s *Store) Passkeys(ctx context.Context, person string) ([][]byte, error) {
	return all(ctx, s, func(scan func(...any) error) (record []byte, err error) {
		err = scan(&record)
		return record, err
	}, "office/passkeys.sql", person)
}

// linkLasts is how long a one-time link may be used.
const linkLasts = 72 * time.Hour

// NewLink makes a one-time token by which a person enrols a passkey. Earlier ones of the person end.
func (s *Store) NewLink(ctx context.Context, person string) (token string, err error) {
	if err := s.do(ctx, "office/links_drop.sql", person); err != nil {
		return "", err
	}
	token = rand.Text()
	return token, s.do(ctx, "office/link_add.sql", hashed(token), person, stamp(s.now().Add(linkLasts)))
}

// SeeLink returns whose one-time link it is, and leaves it.
func (s *Store) SeeLink(ctx context.Context, token string) (person string, err error) {
	return one[string](ctx, s, "office/link_see.sql", hashed(token), stamp(s.now()))
}

// UseLink returns whose one-time link it was. It is used up.
func (s *Store) UseLink(ctx context.Context, token string) (person string, err error) {
	return one[string](ctx, s, "office/link_use.sql", hashed(token), stamp(s.now()))
}

// codes is how many recovery codes a person gets.
const codes = 8

// NewCodes makes recovery codes of a person, in place of those there were.
func (s *Store) NewCodes(ctx context.Context, person string) ([]string, error) {
	if err := s.do(ctx, "office/codes_drop.sql", person); err != nil {
		return nil, err
	}
	var out []string
	for range codes {
		random := make([]byte, 15)
		rand.Read(random)
		text := strings.ToLower(base32.StdEncoding.EncodeToString(random))
		code := strings.Join([]string{text[:6], text[6:12], text[12:18], text[18:]}, "-")
		if err := s.do(ctx, "office/code_add.sql", codeHash(person, code), person); err != nil {
			return nil, err
		}
		out = append(out, code)
	}
	return out, nil
}

// UseCode returns who a recovery code was of, by the name that was given with it. It is used up.
func (s *Store) UseCode(ctx context.Context, person, code string) (string, error) {
	return one[string](ctx, s, "office/code_use.sql", codeHash(person, code))
}

// CodesLeft is how many recovery codes a person has.
func (s *Store) CodesLeft(ctx context.Context, person string) (int, error) {
	return one[int](ctx, s, "office/codes_left.sql", person)
}

// codeHash is what is kept of a code. Spaces, dashes and case are the reader's own. A code has 120 random bits, so
// that no slow hash is needed to keep it.
func codeHash(person, code string) string {
	bare := strings.NewReplacer(" ", "", "-", "").Replace(strings.ToLower(code))
	return hashed(strings.ToLower(strings.TrimSpace(person)) + "\x00" + bare)
}

func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// FindCtx returns a session's data, for scs.
func (s *Store) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	data, err := one[[]byte](ctx, s, "office/session_find.sql", token, s.now().Unix())
	if err == ErrNone {
		return nil, false, nil
	}
	return data, err == nil, err
}

// CommitCtx keeps a session's data, for scs.
func (s *Store) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	return s.do(ctx, "office/session_put.sql", token, data, expires.Unix())
}

// DeleteCtx ends a session, for scs.
func (s *Store) DeleteCtx(ctx context.Context, token string) error {
	return s.do(ctx, "office/session_drop.sql", token)
}

// Find is FindCtx, for scs.
func (s *Store) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx, for scs.
func (s *Store) Commit(token string, data []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expires)
}

// Delete is DeleteCtx, for scs.
func (s *Store) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// Sessions returns the data of every session that has not ended, by the hash of its token.
func (s *Store) Sessions(ctx context.Context) (map[string][]byte, error) {
	type session struct {
		token string
		data  []byte
	}
	found, err := all(ctx, s, func(scan func(...any) error) (one session, err error) {
		err = scan(&one.token, &one.data)
		return one, err
	}, "office/sessions.sql", s.now().Unix())
	out := make(map[string][]byte)
	for _, one := range found {
		out[one.token] = one.data
	}
	return out, err
}

// Sweep removes sessions that have ended.
func (s *Store) Sweep(ctx context.Context) error {
	return s.do(ctx, "office/sessions_sweep.sql", s.now().Unix())
}
