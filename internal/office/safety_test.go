package office

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yardstick/internal/office/store"
)

// A form of another site is refused, whoever is signed in; one of the office's own pages is not.
func TestCrossOriginPostsAreRefused(t *testing.T) {
	b := newBench(t, testSite)
	form := url.Values{"name": {"intruder"}, "role": {"administrator"}}.Encode()
	for _, c := range []struct {
		header []string
		want   int
	}{
		{[]string{"Sec-Fetch-Site", "cross-site"}, http.StatusForbidden},
		{[]string{"Sec-Fetch-Site", "same-site"}, http.StatusForbidden},
		{[]string{"Origin", "https://evil.example"}, http.StatusForbidden},
		{[]string{"Origin", "null"}, http.StatusForbidden},
		{[]string{"Sec-Fetch-Site", "same-origin"}, http.StatusOK},
	} {
		header := append([]string{"Content-Type", "application/x-www-form-urlencoded"}, c.header...)
		w := b.ask("POST", "/people", b.as("administrator"), strings.NewReader(form), header...)
		if w.Code != c.want {
			t.Errorf("%v: status %d, want %d", c.header, w.Code, c.want)
		}
		_, err := b.Store.Person(t.Context(), "intruder")
		if there := err == nil; there != (c.want == http.StatusOK) {
			t.Errorf("%v: somebody was added: %v", c.header, there)
		}
	}
}

// cookieOf is the session's cookie that an answer sets; nil where it sets none.
func cookieOf(b *bench, w *httptest.ResponseRecorder) *http.Cookie {
	for _, c := range w.Result().Cookies() {
		if c.Name == b.sessions.Cookie.Name && c.Value != "" {
			return c
		}
	}
	return nil
}

// Signing in gives a new session: what somebody planted in the browser before is worth nothing.
func TestSessionsAreRenewedAtSignIn(t *testing.T) {
	b := newBench(t, testSite)
	token, err := b.Store.NewLink(t.Context(), "approver")
	if err != nil {
		t.Fatal(err)
	}
	codes, err := b.Store.NewCodes(t.Context(), "approver")
	if err != nil {
		t.Fatal(err)
	}
	for name, signIn := range map[string]func(*http.Cookie) *httptest.ResponseRecorder{
		"link": func(c *http.Cookie) *httptest.ResponseRecorder { return b.post("/join/"+token, c, nil) },
		"code": func(c *http.Cookie) *httptest.ResponseRecorder {
			return b.post("/sign-in/code", c, url.Values{"name": {"Approver"}, "code": {strings.ToUpper(codes[0])}})
		},
	} {
		planted := b.session(map[string]any{keyNotice: "planted"})
		w := signIn(planted)
		b.wants(w, http.StatusSeeOther)
		given := cookieOf(b, w)
		if given == nil || given.Value == planted.Value {
			t.Fatalf("%s: the session is still the one that was planted", name)
		}
		if !given.HttpOnly || given.SameSite != http.SameSiteLaxMode {
			t.Errorf("%s: the cookie is %s", name, given)
		}
		b.wants(b.get("/passkeys", planted), http.StatusSeeOther) // to sign in
		b.wants(b.get("/passkeys", given), http.StatusOK)
		if w := b.get("/", given); w.Header().Get("Location") != "/sign-in" {
			t.Errorf("%s: without a passkey the first page answers %d", name, w.Code)
		}
		b.wants(signIn(nil), map[string]int{"link": http.StatusNotFound, "code": http.StatusUnprocessableEntity}[name])
	}
}

func TestSessionsEnd(t *testing.T) {
	b := newBench(t, testSite)
	cookie := b.as("approver")
	b.wants(b.get("/", cookie), http.StatusOK)
	b.wants(b.post("/sign-out", cookie, nil), http.StatusSeeOther)
	if w := b.get("/", cookie); w.Code != http.StatusSeeOther {
		t.Errorf("after signing out: %d", w.Code)
	}
	cookie = b.as("approver")
	if err := b.Store.End(t.Context(), "approver"); err != nil {
		t.Fatal(err)
	}
	if w := b.get("/", cookie); w.Code != http.StatusSeeOther {
		t.Errorf("after the access ended: %d", w.Code)
	}
}

// A session ends after the time without use, and after the longest time however lately it was used.
func TestSessionsEndByTheClock(t *testing.T) {
	b := newBench(t, testSite)
	if b.sessions.IdleTimeout != 30*time.Minute || b.sessions.Lifetime != 12*time.Hour {
		t.Errorf("sessions last %v without use, and %v", b.sessions.IdleTimeout, b.sessions.Lifetime)
	}
	in := func(cookie *http.Cookie, later time.Duration) bool {
		b.kept.ahead.Store(int64(later))
		defer b.kept.ahead.Store(0)
		return b.get("/", cookie).Code == http.StatusOK
	}
	cookie := b.as("publisher")
	if !in(cookie, sessionIdle-time.Minute) {
		t.Error("a session ended early")
	}
	if in(cookie, sessionIdle+time.Minute) {
		t.Error("a session that was not used still lasts")
	}
	ctx, err := b.sessions.Load(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	b.sessions.Put(ctx, keyPerson, "publisher")
	b.sessions.SetDeadline(ctx, time.Now().Add(10*time.Minute)) // it began ten minutes less than twelve hours ago
	token, _, err := b.sessions.Commit(ctx)
	if err != nil {
		t.Fatal(err)
	}
	cookie = &http.Cookie{Name: b.sessions.Cookie.Name, Value: token}
	if !in(cookie, 0) {
		t.Error("a session ended before its longest time")
	}
	if in(cookie, 11*time.Minute) {
		t.Error("a session that was used eleven minutes ago lasts longer than the longest time")
	}
}

// Somebody signs out everywhere else, and an administrator ends the sessions of others.
func TestSessionsAreEndedElsewhere(t *testing.T) {
	b := newBench(t, testSite)
	signedIn := func(name string) *http.Cookie {
		return b.session(map[string]any{keyPerson: name, keyMark: rand.Text()})
	}
	here, there, another := signedIn("approver"), signedIn("approver"), signedIn("editor")
	b.wants(b.get("/passkeys", here), http.StatusOK, "Besides here: 1")
	b.wants(b.post("/sessions", here, nil), http.StatusSeeOther)
	for cookie, want := range map[*http.Cookie]int{here: http.StatusOK, there: http.StatusSeeOther,
		another: http.StatusOK} {
		if w := b.get("/", cookie); w.Code != want {
			t.Errorf("status %d, want %d", w.Code, want)
		}
	}
	b.wants(b.post("/people/editor", b.as("administrator"), url.Values{"do": {"sessions"}}), http.StatusSeeOther)
	if w := b.get("/", another); w.Code != http.StatusSeeOther {
		t.Errorf("after an administrator ended it: %d", w.Code)
	}
}

// Who has a passkey confirms with it that another is added, and that codes are replaced: a stolen session cannot.
func TestAStolenSessionAddsNoWayIn(t *testing.T) {
	b := newBench(t, testSite)
	if err := b.Store.PutPasskey(t.Context(), []byte("id"), "approver", []byte(`{"id":"aWQ="}`)); err != nil {
		t.Fatal(err)
	}
	b.wants(b.post("/passkeys/begin", b.as("approver"), nil), http.StatusForbidden)
	b.wants(b.post("/passkeys/begin", b.touching("approver", subjectCodes), nil), http.StatusForbidden)
	b.wants(b.post("/passkeys/begin", b.touching("approver", subjectPasskey), nil), http.StatusOK)
	b.wants(b.post("/codes", b.as("approver"), nil), http.StatusUnprocessableEntity)
	if left, err := b.Store.CodesLeft(t.Context(), "approver"); err != nil || left != 0 {
		t.Errorf("%d codes, %v", left, err)
	}
	b.wants(b.post("/codes", b.touching("approver", subjectCodes), nil), http.StatusOK, "Write these down now")
}

// Tokens, links and codes are not in the database as they are.
func TestTheDatabaseGivesNothingAway(t *testing.T) {
	b := newBench(t, testSite)
	link, err := b.Store.NewLink(t.Context(), "editor")
	if err != nil {
		t.Fatal(err)
	}
	codes, err := b.Store.NewCodes(t.Context(), "editor")
	if err != nil {
		t.Fatal(err)
	}
	session := b.as("editor").Value
	files, err := filepath.Glob(filepath.Join(b.Folder, "office.db*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%q, %v", files, err)
	}
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range append(codes, link, session, strings.ReplaceAll(codes[0], "-", "")) {
			if strings.Contains(string(content), secret) {
				t.Errorf("%s has %q", name, secret)
			}
		}
	}
}

func TestSigningInIsSlowed(t *testing.T) {
	b := newBench(t, testSite)
	try := func(name string) int {
		return b.post("/sign-in/code", nil, url.Values{"name": {name}, "code": {"wrong"}}).Code
	}
	for n := range attemptBurst {
		if got := try("approver"); got != http.StatusUnprocessableEntity {
			t.Fatalf("attempt %d: %d", n+1, got)
		}
	}
	for _, path := range []string{"/sign-in/code", "/sign-in/begin", "/sign-in/finish", "/join/x", "/replies/x"} {
		if got := b.post(path, nil, url.Values{"name": {"approver"}}).Code; got != http.StatusTooManyRequests {
			t.Errorf("%s after %d attempts: %d", path, attemptBurst, got)
		}
	}
	b.clock.ahead.Store(int64(time.Minute))
	if got := try("publisher"); got != http.StatusUnprocessableEntity {
		t.Errorf("a minute later: %d", got)
	}
}

func TestRequestsAreBounded(t *testing.T) {
	b := newBench(t, testSite)
	big := strings.Repeat("x", mostFile+1)
	b.wants(b.upload("/send", b.as("editor"), "big.csv", big, "when", "none"), http.StatusRequestEntityTooLarge)
	all, err := b.Store.Publications(t.Context())
	if err != nil || len(all) != 0 {
		t.Errorf("%d publications, %v", len(all), err)
	}
	form := url.Values{"name": {strings.Repeat("x", mostForm)}}
	if w := b.post("/people", b.as("administrator"), form); w.Code == http.StatusOK || w.Code == http.StatusSeeOther {
		t.Errorf("a form that is too large: %d", w.Code)
	}
}

// Every answer says that nothing is to be kept or told to others, refusals too.
func TestHeaders(t *testing.T) {
	b := newBench(t, testSite)
	id := b.sendFile("editor", withErrors)
	for path, who := range map[string]string{"/": "editor", "/sign-in": "", "/nothing": "", "/audit": "viewer",
		publicationPath(id): "editor", "/audit.csv": "administrator"} {
		h := b.get(path, b.as(who)).Header()
		for name, want := range map[string]string{"Cache-Control": "no-store", "Referrer-Policy": "same-origin",
			"X-Content-Type-Options": "nosniff", "Content-Security-Policy": policy, "X-Robots-Tag": "noindex, nofollow"} {
			if got := h.Get(name); got != want {
				t.Errorf("%s: %s: %s", path, name, got)
			}
		}
	}
	secure := newBench(t, "https://office.example")
	w := secure.get("/", secure.as("editor"))
	if c := cookieOf(secure, w); c == nil || c.Name != "__Host-office" || !c.Secure || c.Path != "/" || c.Domain != "" {
		t.Errorf("by TLS the cookie is %v", c)
	}
	if w.Header().Get("Strict-Transport-Security") == "" {
		t.Error("browsers are not asked to use TLS alone")
	}
}

// Another name of the host leads to the one that passkeys are of: an address that is made to point here changes
// nothing.
func TestAnotherHost(t *testing.T) {
	b := newBench(t, testSite)
	for method, want := range map[string]int{"GET": http.StatusFound, "POST": http.StatusMisdirectedRequest} {
		r := httptest.NewRequestWithContext(t.Context(), method, "http://rebound.example/people", nil)
		r.AddCookie(b.as("administrator"))
		w := httptest.NewRecorder()
		b.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s: %d", method, w.Code)
		}
	}
}

func TestNextIsLocal(t *testing.T) {
	for path, want := range map[string]string{"/publications/3": "/publications/3", "//evil.example": "/",
		"/\\evil.example":       "/",
		"https://evil.example/": "/", "": "/", "javascript:alert(1)": "/", "/a\nb": "/"} {
		if got := local(path, "/"); got != want {
			t.Errorf("%q leads to %q", path, got)
		}
	}
}

// Nobody changes their own access, and a person whose access ended has nothing left to sign in with.
func TestPeople(t *testing.T) {
	b := newBench(t, testSite)
	admin := b.as("administrator")
	b.wants(b.post("/people/administrator", admin, url.Values{"do": {"end"}}), http.StatusUnprocessableEntity)
	codes, err := b.Store.NewCodes(t.Context(), "editor")
	if err != nil {
		t.Fatal(err)
	}
	b.wants(b.post("/people/editor", admin, url.Values{"do": {"end"}}), http.StatusSeeOther)
	b.wants(b.post("/sign-in/code", nil, url.Values{"name": {"editor"}, "code": {codes[0]}}),
		http.StatusUnprocessableEntity)
	b.wants(b.post("/people", admin, url.Values{"name": {"EDITOR"}, "role": {"editor"}}), http.StatusUnprocessableEntity)
	b.wants(b.post("/people", admin, url.Values{"name": {"a/b"}, "role": {"editor"}}), http.StatusUnprocessableEntity)
	b.wants(b.post("/people", admin, url.Values{"name": {"New Person"}, "role": {"king"}}), http.StatusUnprocessableEntity)
	w := b.post("/people", admin, url.Values{"name": {"New Person"}, "role": {"editor", "publisher"}})
	b.wants(w, http.StatusOK, testSite+"/join/")
	p, err := b.Store.Person(t.Context(), "new person")
	if err != nil || fmt.Sprint(p.Roles) != "[editor publisher]" {
		t.Errorf("%+v, %v", p, err)
	}
	events, err := b.Store.Audit(t.Context(), store.Question{Person: "administrator"})
	if err != nil || len(events) != 3 {
		t.Errorf("%+v, %v", events, err)
	}
	if _, err := b.Store.SeeLink(t.Context(), "x"); err != store.ErrNone {
		t.Error(err)
	}
}
