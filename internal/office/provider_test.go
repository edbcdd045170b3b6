package office

import (
	"crypto/sha256"
	"encoding/base64"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/oauth2-proxy/mockoidc"

	"yardstick/internal/office/store"
)

// signedInBy is an office whose people may sign in by a provider that others wrote.
func signedInBy(t *testing.T, before ...func(http.Handler) http.Handler) (*bench, *mockoidc.MockOIDC) {
	t.Helper()
	m, err := mockoidc.NewServer(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range before {
		if err := m.AddMiddleware(one); err != nil {
			t.Fatal(err)
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err == nil {
		err = m.Start(listener, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Shutdown() })
	b := newBench(t, testSite)
	of := Provider{Issuer: m.Issuer(), Client: m.ClientID, Secret: m.ClientSecret}
	if b.provider, err = newProvider(of, b.site); err != nil {
		t.Fatal(err)
	}
	if err := b.Store.SetEmail(t.Context(), "approver", "ada@example.gov.uk"); err != nil {
		t.Fatal(err)
	}
	return b, m
}

// comesBack goes to the provider as a user there, and returns the session it was begun in and where the provider sends
// the browser.
func (b *bench) comesBack(m *mockoidc.MockOIDC, user mockoidc.User) (*http.Cookie, *url.URL) {
	b.t.Helper()
	m.QueueUser(user)
	w := b.get("/sign-in/provider?next=/publications", nil)
	b.wants(w, http.StatusSeeOther)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Get(w.Header().Get("Location"))
	if err != nil {
		b.t.Fatal(err)
	}
	answer.Body.Close()
	to, err := answer.Location()
	if err != nil {
		b.t.Fatal(err)
	}
	return cookieOf(b, w), to
}

func ada() *mockoidc.MockUser {
	return &mockoidc.MockUser{Subject: "ada-1", Email: "Ada@example.gov.uk", EmailVerified: true}
}

// Somebody who was invited signs in by the provider. The session is a new one, and who they are is who the register
// takes their decisions from.
func TestTheProviderSignsInWhoWasInvited(t *testing.T) {
	b, m := signedInBy(t)
	b.wants(b.get("/sign-in", nil), http.StatusOK, "Sign in with 127.0.0.1")
	begun, to := b.comesBack(m, ada())
	w := b.get(to.RequestURI(), begun)
	b.wants(w, http.StatusSeeOther)
	given := cookieOf(b, w)
	if given == nil || given.Value == begun.Value || w.Header().Get("Location") != "/publications" {
		t.Fatalf("session %v, to %s", given, w.Header().Get("Location"))
	}
	b.wants(b.get("/", given), http.StatusOK, "approver")
	b.wants(b.get("/", begun), http.StatusSeeOther)
	events, err := b.Store.Audit(t.Context(), store.Question{Person: "approver"})
	if err != nil || len(events) != 1 || events[0].Act != "sign_in" || events[0].Words != "provider" {
		t.Errorf("%+v, %v", events, err)
	}

	// the way back works once
	if w := b.get(to.RequestURI(), given); w.Header().Get("Location") == "/publications" {
		t.Error("an answer of the provider signs in twice")
	}
}

// The request has PKCE, a state and a nonce, and the code is exchanged with what the challenge was made of.
func TestTheProviderIsAskedWithPKCE(t *testing.T) {
	var mu sync.Mutex
	asked := make(map[string]url.Values)
	b, m := signedInBy(t, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			_ = r.ParseForm() // the provider says what is wrong with it
			asked[r.URL.Path] = r.Form
			next.ServeHTTP(w, r)
		})
	})
	begun, to := b.comesBack(m, ada())
	b.wants(b.get(to.RequestURI(), begun), http.StatusSeeOther)
	first, second := asked["/oidc/authorize"], asked["/oidc/token"]
	sum := sha256.Sum256([]byte(second.Get("code_verifier")))
	if first.Get("code_challenge_method") != "S256" ||
		first.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(sum[:]) {
		t.Errorf("%v, then %v", first, second)
	}
	if len(first.Get("state")) < 40 || len(first.Get("nonce")) < 40 || first.Get("state") == first.Get("nonce") {
		t.Errorf("state %q, nonce %q", first.Get("state"), first.Get("nonce"))
	}
	if first.Get("redirect_uri") != testSite+"/sign-in/provider/return" || first.Get("max_age") != "43200" {
		t.Errorf("%v", first)
	}
}

// another is a user whose claims are not what was asked for.
type another struct {
	*mockoidc.MockUser
	change func(*mockoidc.IDTokenClaims)
}

// Claims returns the user's claims, changed.
func (u another) Claims(scopes []string, claims *mockoidc.IDTokenClaims) (jwt.Claims, error) {
	u.change(claims)
	return u.MockUser.Claims(scopes, claims)
}

// Nobody else is let in, and nobody is added.
func TestTheProviderLetsNobodyElseIn(t *testing.T) {
	b, m := signedInBy(t)
	if err := b.Store.SetEmail(t.Context(), "other", "otto@example.gov.uk"); err != nil {
		t.Fatal(err)
	}
	if err := b.Store.SetEmail(t.Context(), "ended", "edna@example.gov.uk"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Store.Identify(t.Context(), m.Issuer()+" otto-1", "otto@example.gov.uk"); err != nil {
		t.Fatal(err)
	}
	before, err := b.Store.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	changed := func(change func(*mockoidc.IDTokenClaims)) mockoidc.User { return another{ada(), change} }
	for name, user := range map[string]mockoidc.User{
		"not invited":          &mockoidc.MockUser{Subject: "x", Email: "x@example.gov.uk", EmailVerified: true},
		"address not verified": &mockoidc.MockUser{Subject: "ada-1", Email: "ada@example.gov.uk"},
		"no address":           &mockoidc.MockUser{Subject: "ada-1", EmailVerified: true},
		"access ended":         &mockoidc.MockUser{Subject: "edna", Email: "edna@example.gov.uk", EmailVerified: true},
		"the address now is another's there": &mockoidc.MockUser{Subject: "otto-2", Email: "otto@example.gov.uk",
			EmailVerified: true},
		"another nonce": changed(func(c *mockoidc.IDTokenClaims) { c.Nonce = "of another sign-in" }),
		"no nonce":      changed(func(c *mockoidc.IDTokenClaims) { c.Nonce = "" }),
		"for another client": changed(func(c *mockoidc.IDTokenClaims) {
			c.Audience = jwt.ClaimStrings{"another"}
		}),
		"of another provider": changed(func(c *mockoidc.IDTokenClaims) { c.Issuer = "https://evil.example" }),
		"lapsed": changed(func(c *mockoidc.IDTokenClaims) {
			c.ExpiresAt = jwt.NewNumericDate(time.Now().Add(-time.Hour))
		}),
	} {
		begun, to := b.comesBack(m, user)
		w := b.get(to.RequestURI(), begun)
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "did not sign you in") {
			t.Errorf("%s: %d, %.200s", name, w.Code, mainOf(w))
		}
		b.clock.ahead.Add(int64(time.Minute)) // attempts are slowed
	}
	after, err := b.Store.People(t.Context())
	if err != nil || len(after) != len(before) {
		t.Errorf("%d people were %d, %v", len(after), len(before), err)
	}
}

// An answer counts in the session that asked for it alone, with its state; another site cannot begin one.
func TestTheProvidersAnswerIsOfThisBrowser(t *testing.T) {
	b, m := signedInBy(t)
	_, to := b.comesBack(m, ada())
	if w := b.get(to.RequestURI(), nil); w.Code != http.StatusSeeOther || cookieOf(b, w) != nil ||
		!strings.HasPrefix(w.Header().Get("Location"), "/sign-in") {
		t.Errorf("without the session: %d to %s", w.Code, w.Header().Get("Location"))
	}
	begun, to := b.comesBack(m, ada())
	q := to.Query()
	q.Set("state", "another")
	if w := b.get(to.Path+"?"+q.Encode(), begun); !strings.HasPrefix(w.Header().Get("Location"), "/sign-in") {
		t.Errorf("another state: %d to %s", w.Code, w.Header().Get("Location"))
	}
	begun, to = b.comesBack(m, ada())
	b.wants(b.get(to.RequestURI()+"&iss=https://evil.example", begun), http.StatusUnprocessableEntity)
	begun, to = b.comesBack(m, ada())
	b.wants(b.get(to.Path+"?error=access_denied&state="+to.Query().Get("state"), begun), http.StatusUnprocessableEntity)
	b.wants(b.ask("GET", "/sign-in/provider", nil, nil, "Sec-Fetch-Site", "cross-site"), http.StatusForbidden)
}

// Where there is no provider nothing leads to one, and one that does not answer keeps nobody else out.
func TestAnOfficeWithoutItsProvider(t *testing.T) {
	b := newBench(t, testSite)
	b.wants(b.get("/sign-in/provider", nil), http.StatusNotFound)
	b.wants(b.get("/sign-in/provider/return?code=x&state=", nil), http.StatusNotFound)
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	var err error
	if b.provider, err = newProvider(Provider{closed.URL, "office", "secret"}, b.site); err != nil {
		t.Fatal(err)
	}
	b.wants(b.get("/sign-in/provider", nil), http.StatusUnprocessableEntity, "did not sign you in")
	b.wants(b.get("/sign-in", nil), http.StatusOK, "Sign in with a passkey")
	for _, of := range []Provider{{"http://login.example", "a", "b"}, {"login.example", "a", "b"},
		{"https://login.example", "", "b"}, {"https://login.example", "a", ""}} {
		if _, err := newProvider(of, b.site); err == nil {
			t.Errorf("%+v was taken", of)
		}
	}
}

// An administrator says by which address the provider knows a person; two people cannot have one.
func TestEmailAddresses(t *testing.T) {
	b, m := signedInBy(t)
	admin := b.as("administrator")
	for address, status := range map[string]int{"edith@example.gov.uk": http.StatusSeeOther,
		"ADA@example.gov.uk": http.StatusUnprocessableEntity, "no address": http.StatusUnprocessableEntity,
		"E <e@example.gov.uk>": http.StatusUnprocessableEntity} {
		b.wants(b.post("/people/editor", admin, url.Values{"do": {"email"}, "email": {address}}), status)
	}
	p, err := b.Store.Person(t.Context(), "editor")
	if err != nil || p.Email != "edith@example.gov.uk" {
		t.Errorf("%+v, %v", p, err)
	}
	b.wants(b.post("/people", admin, url.Values{"name": {"Nell"}, "role": {"editor"}, "email": {"nell@example.gov.uk"}}),
		http.StatusOK)
	begun, to := b.comesBack(m, &mockoidc.MockUser{Subject: "n", Email: "nell@example.gov.uk", EmailVerified: true})
	b.wants(b.get(to.RequestURI(), begun), http.StatusSeeOther)
	// a new address is of a new account there
	b.wants(b.post("/people/Nell", admin, url.Values{"do": {"email"}, "email": {"nora@example.gov.uk"}}),
		http.StatusSeeOther)
	begun, to = b.comesBack(m, &mockoidc.MockUser{Subject: "n", Email: "nell@example.gov.uk", EmailVerified: true})
	b.wants(b.get(to.RequestURI(), begun), http.StatusUnprocessableEntity)
}
