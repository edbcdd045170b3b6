package office

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"golang.org/x/time/rate"

	"yardstick/data/register"
	"yardstick/internal/office/store"
)

// holder is a person as the library of passkeys knows one.
type holder struct {
	store.Person
	keys []webauthn.Credential
}

// WebAuthnID returns the handle that passkeys keep.
func (h *holder) WebAuthnID() []byte { return h.Handle }

// WebAuthnName returns the person's name.
func (h *holder) WebAuthnName() string { return h.Name }

// WebAuthnDisplayName returns the person's name.
func (h *holder) WebAuthnDisplayName() string { return h.Name }

// WebAuthnCredentials returns the person's passkeys.
func (h *holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

func (o *Office) holder(ctx context.Context, p store.Person) (*holder, error) {
	records, err := o.Store.Passkeys(ctx, p.Name)
	if err != nil {
		return nil, err
	}
	h := &holder{Person: p}
	for _, record := range records {
		var key webauthn.Credential
		if err := json.Unmarshal(record, &key); err != nil {
			return nil, err
		}
		h.keys = append(h.keys, key)
	}
	return h, nil
}

func (o *Office) keepPasskey(ctx context.Context, person string, key *webauthn.Credential) error {
	record, err := json.Marshal(key)
	if err != nil {
		return err
	}
	return o.Store.PutPasskey(ctx, key.ID, person, record)
}

// begin keeps a ceremony in the session and answers with its options.
func (c *call) begin(options any, ceremony *webauthn.SessionData, err error) error {
	if err != nil {
		return err
	}
	kept, err := json.Marshal(ceremony)
	if err != nil {
		return err
	}
	c.sessions.Put(c.Context(), keyCeremony, kept)
	return c.answer(options)
}

// ceremony returns the ceremony that is under way, which then is so no more.
func (c *call) ceremony() (webauthn.SessionData, error) {
	var kept webauthn.SessionData
	text := c.sessions.PopBytes(c.Context(), keyCeremony)
	if text == nil || json.Unmarshal(text, &kept) != nil {
		return kept, errSignIn
	}
	return kept, nil
}

func (c *call) answer(value any) error {
	c.w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(c.w).Encode(value)
}

// become starts a new session of a person. What the browser had before is worth nothing afterwards.
func (c *call) become(person store.Person, enrolling bool, how string) error {
	ctx := c.Context()
	if err := errors.Join(c.sessions.Clear(ctx), c.sessions.RenewToken(ctx)); err != nil {
		return err
	}
	c.sessions.Put(ctx, keyPerson, person.Name)
	c.sessions.Put(ctx, keyMark, rand.Text())
	if enrolling {
		c.sessions.Put(ctx, keyEnrolling, true)
	}
	c.person = person
	return c.record("sign_in", 0, how)
}

type signInView struct {
	Next     string
	Provider string // the identity provider's host; empty for none
	Code     bool   // a recovery code was tried
}

func signInPage(c *call) error {
	if c.person.Name != "" && !c.sessions.GetBool(c.Context(), keyEnrolling) {
		return c.leave("/", "")
	}
	return c.showSignIn()
}

func (c *call) showSignIn() error {
	v := signInView{Next: local(c.FormValue("next"), pathIn(c.tag, "/")), Code: c.PostFormValue("code") != ""}
	if c.provider != nil {
		v.Provider = c.provider.host
	}
	return c.page("signin", v)
}

func beginSignIn(c *call) error {
	options, ceremony, err := c.passkeys.BeginDiscoverableLogin(
		webauthn.WithUserVerification(protocol.VerificationRequired))
	return c.begin(options, ceremony, err)
}

func finishSignIn(c *call) error {
	ceremony, err := c.ceremony()
	if err != nil {
		return err
	}
	var person store.Person
	_, key, err := c.passkeys.FinishPasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		var err error
		if person, err = c.Store.ByHandle(c.Context(), handle); err != nil {
			return nil, err
		}
		if !person.Ended.IsZero() {
			return nil, errSignIn
		}
		return c.holder(c.Context(), person)
	}, ceremony, c.Request)
	if err != nil || key.Authenticator.CloneWarning {
		c.Log.Warn("a passkey was refused", "person", person.Name)
		return errSignIn
	}
	if err := c.keepPasskey(c.Context(), person.Name, key); err != nil {
		return err
	}
	if err := c.become(person, false, "passkey"); err != nil {
		return err
	}
	return c.answer(map[string]string{"to": local(c.URL.Query().Get("next"), "/")})
}

// signInByCode lets a person in by a recovery code, to enrol a new passkey.
func signInByCode(c *call) error {
	name := strings.TrimSpace(c.FormValue("name"))
	if !c.allow(c.client()) || !c.allow("name "+strings.ToLower(name)) {
		return errTooMany
	}
	owner, err := c.Store.UseCode(c.Context(), name, c.FormValue("code"))
	err = c.enrol(owner, err, "code")
	if errors.Is(err, store.ErrNone) {
		c.Log.Warn("a recovery code was refused", "client", c.client())
		c.wrong("code", "code")
		return c.showSignIn()
	}
	return err
}

// enrol lets somebody in who has a link or a code, to add a passkey. ErrNone where nobody has, or may sign in.
func (c *call) enrol(name string, err error, how string) error {
	if err != nil {
		return err
	}
	person, err := c.Store.Person(c.Context(), name)
	if err == nil && !person.Ended.IsZero() {
		err = store.ErrNone
	}
	if err == nil {
		err = c.become(person, true, how)
	}
	if err != nil {
		return err
	}
	return c.leave("/passkeys", "")
}

type joinView struct{ Name string }

func joinPage(c *call) error {
	name, err := c.Store.SeeLink(c.Context(), c.PathValue("token"))
	if err != nil {
		return err
	}
	return c.page("join", joinView{Name: name})
}

// join uses a one-time link. The person may then enrol a passkey, and do nothing else before.
func join(c *call) error {
	name, err := c.Store.UseLink(c.Context(), c.PathValue("token"))
	return c.enrol(name, err, "link")
}

type passkeysView struct {
	Enrolling bool
	Others    int // places where the person is signed in besides
	Passkeys  int
	CodesLeft int
	Codes     []string // shown once, when they are made
}

func passkeysPage(c *call) error { return c.passkeysWith(passkeysView{}) }

func (c *call) passkeysWith(v passkeysView) error {
	held, err := c.Store.Passkeys(c.Context(), c.person.Name)
	if err != nil {
		return err
	}
	left, err := c.Store.CodesLeft(c.Context(), c.person.Name)
	if err != nil {
		return err
	}
	others, err := c.sessionsOf(c.Context(), c.person.Name, c.sessions.GetString(c.Context(), keyMark))
	if err != nil {
		return err
	}
	v.Enrolling, v.Passkeys = c.sessions.GetBool(c.Context(), keyEnrolling), len(held)
	v.CodesLeft, v.Others = left, len(others)
	return c.page("passkeys", v)
}

// The subjects of a touch that changes how the person signs in.
const (
	subjectPasskey = "passkey"
	subjectCodes   = "codes"
)

// touched says whether the person has confirmed a change of how they sign in: by a passkey, where they have one.
func (c *call) touched(about string) (bool, error) {
	held, err := c.Store.Passkeys(c.Context(), c.person.Name)
	if err != nil {
		return false, err
	}
	return len(held) == 0 || c.confirmed(about), nil
}

func beginPasskey(c *call) error {
	if !c.sessions.GetBool(c.Context(), keyEnrolling) {
		if touched, err := c.touched(subjectPasskey); err != nil || !touched {
			return cmp.Or(err, errForbidden)
		}
	}
	h, err := c.holder(c.Context(), c.person)
	if err != nil {
		return err
	}
	options, ceremony, err := c.passkeys.BeginRegistration(h,
		webauthn.WithResidentKeyRequirement(protocol.ResidentKeyRequirementRequired),
		webauthn.WithExclusions(webauthn.Credentials(h.keys).CredentialDescriptors()))
	return c.begin(options, ceremony, err)
}

func finishPasskey(c *call) error {
	ceremony, err := c.ceremony()
	if err != nil {
		return err
	}
	h, err := c.holder(c.Context(), c.person)
	if err != nil {
		return err
	}
	key, err := c.passkeys.FinishRegistration(h, ceremony, c.Request)
	if err != nil {
		c.Log.Warn("a passkey was not enrolled", "person", c.person.Name)
		return errForbidden
	}
	if err := c.keepPasskey(c.Context(), c.person.Name, key); err != nil {
		return err
	}
	if err := c.become(c.person, false, "enrolled"); err != nil {
		return err
	}
	return c.answer(map[string]string{"to": "/passkeys"})
}

// newCodes makes recovery codes, which are shown this once.
func newCodes(c *call) error {
	touched, err := c.touched(subjectCodes)
	if err != nil {
		return err
	}
	if !touched {
		c.wrong("", "touch")
		return c.passkeysWith(passkeysView{})
	}
	codes, err := c.Store.NewCodes(c.Context(), c.person.Name)
	if err == nil {
		err = c.record("codes", 0, "")
	}
	if err != nil {
		return err
	}
	return c.passkeysWith(passkeysView{Codes: codes})
}

func signOut(c *call) error {
	if err := c.sessions.Destroy(c.Context()); err != nil {
		return err
	}
	http.Redirect(c.w, c.Request, pathIn(c.tag, "/sign-in"), http.StatusSeeOther)
	return nil
}

// registerOf is the register for decisions of a person: who signed in here is who the register takes them for.
func (o *Office) registerOf(person string) *register.Register {
	of := *o.Register
	of.User = "office:" + person
	return &of
}

// decides is the register for decisions of who asks.
func (c *call) decides() *register.Register { return c.registerOf(c.person.Name) }

// client is the address that a request comes from.
func (c *call) client() string {
	if name := c.ClientHeader; name != "" {
		return c.Header.Get(name)
	}
	host, _, err := net.SplitHostPort(c.RemoteAddr)
	if err != nil {
		return c.RemoteAddr
	}
	return host
}

// A passkey takes two requests. Somebody who mistypes a code waits six seconds after the twentieth attempt.
const (
	attemptEvery = 6 * time.Second
	attemptBurst = 20
	mostSlowed   = 4096
)

// allow says whether signing in may be tried once more now: by an address, or by a name.
func (o *Office) allow(who string) bool {
	limit, ok := o.slowed.Get(who)
	if !ok {
		limit = rate.NewLimiter(rate.Every(attemptEvery), attemptBurst)
		if had, ok, _ := o.slowed.PeekOrAdd(who, limit); ok { // of a request at the same time
			limit = had
		}
	}
	return limit.AllowN(o.Now(), 1)
}
