package office

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"yardstick/dashboards/i18n"
	"yardstick/internal/office/store"
)

// about says which publications an address of one may be asked about.
type about int

const (
	ofNone    about = iota // the address is of no publication
	ofRead                 // those whose unpublished data the person may see
	ofPreview              // the same, and those that are open to the person as a reader before publication
)

// rule says who may use a route.
type rule struct {
	open      bool  // anybody, signed in or not
	slow      bool  // so often from one address, and then slowly
	enrolling bool  // also somebody who has yet to enrol a passkey
	right     Right // that one of the person's roles has; empty for everybody signed in
	of        about
}

// route is one address with its rule. There is no other way to an answer than a route.
type route struct {
	Method string
	Path   string // with {id} for a publication's number
	rule   rule
	most   int64 // bytes of a request; 0 for those of a form
	plain  bool  // the address has no other language
	do     func(*call) error
}

func (r route) languages() []string {
	if r.plain {
		return i18n.Languages()[:1]
	}
	return i18n.Languages()
}

// table is every address of the office.
func (o *Office) table() []route {
	get := func(path string, r rule, do func(*call) error) route {
		return route{Method: http.MethodGet, Path: path, rule: r, do: do}
	}
	post := func(path string, r rule, do func(*call) error) route {
		return route{Method: http.MethodPost, Path: path, rule: r, do: do}
	}
	plain := func(r route) route { r.plain = true; return r }
	large := func(most int64, r route) route { r.most = most; return r }
	with := func(right Right) rule { return rule{right: right} }
	read := func(right Right) rule { return rule{right: right, of: ofRead} }
	open, slow, own, signedIn := rule{open: true}, rule{open: true, slow: true}, rule{enrolling: true}, rule{}
	return []route{
		plain(get("/healthz", open, healthy)),
		plain(get("/assets/{name}", open, asset)),
		get("/sign-in", open, signInPage),
		plain(post("/sign-in/begin", slow, beginSignIn)),
		plain(post("/sign-in/finish", slow, finishSignIn)),
		post("/sign-in/code", open, signInByCode),
		plain(get("/sign-in/provider", slow, beginProvider)),
		plain(get("/sign-in/provider/return", slow, finishProvider)),
		get("/join/{token}", slow, joinPage),
		post("/join/{token}", slow, join),
		get("/passkeys", own, passkeysPage),
		plain(post("/passkeys/begin", own, beginPasskey)),
		plain(post("/passkeys/finish", own, finishPasskey)),
		post("/codes", signedIn, newCodes),
		post("/sessions", signedIn, endOthers),
		post("/sign-out", own, signOut),
		plain(post("/confirm/begin", signedIn, beginConfirm)),
		plain(post("/confirm/finish", signedIn, finishConfirm)),

		get("/{$}", signedIn, home),
		get("/publications", signedIn, list),
		get("/send", with(RightSend), sendPage),
		large(mostFile, post("/send", with(RightSend), send)),
		get("/publications/{id}", read(""), show),
		large(mostFile, post("/publications/{id}/file", read(RightSend), replace)),
		post("/publications/{id}/draft", read(RightSend), draft),
		post("/publications/{id}/comment", read(RightComment), comment),
		post("/publications/{id}/approve", read(RightApprove), approve),
		post("/publications/{id}/back", read(RightApprove), sendBack),
		post("/publications/{id}/publish", read(RightPublish), publish),
		post("/publications/{id}/unschedule", read(RightPublish), unschedule),
		post("/publications/{id}/readers", read(RightPublish), readers),
		get("/publications/{id}/notice/{inspection}", read(""), notice),
		large(mostNotice, post("/publications/{id}/notice/{inspection}", read(RightSend), word)),
		post("/publications/{id}/notice/{inspection}/approve", read(RightApprove), approveNotice),
		get("/publications/{id}/notice/{inspection}/{format}", read(""), noticeFile),
		plain(get("/publications/{id}/preview/{path...}", rule{of: ofPreview}, showPreview)),
		get("/announcements", with(RightComment), announcementsPage),
		post("/announcements", with(RightPublish), announce),
		post("/announcements/{number}", with(RightPublish), announce),
		post("/publications/{id}/announcement", read(RightPublish), tie),
		post("/publications/{id}/examine", read(RightComment), examine),
		post("/publications/{id}/replies", read(RightPublish), invite),
		post("/publications/{id}/replies/{reply}/end", read(RightPublish), endReply),
		post("/publications/{id}/replies/{reply}/remarks", read(RightComment), decideRemarks),
		post("/publications/{id}/replies/{reply}/response", read(RightPublish), respond),
		post("/publications/{id}/plan", read(RightPublish), setPlan),
		get("/replies/{token}", slow, replyPage),
		large(1<<20, post("/replies/{token}", slow, reply)),
		post("/publications/{id}/ask", read(RightAsk), petition),
		post("/publications/{id}/decide", read(RightComment), decidePetition),
		get("/withdrawals", with(RightComment), withdrawalsPage),
		post("/withdrawals", with(RightAsk), askInspection),
		post("/withdrawals/{inspection}", with(RightComment), withdrawInspection),
		get("/desk", with(RightSeePlan), desk),
		post("/desk", with(RightPlan), saveRun),
		get("/desk/{run}", with(RightSeePlan), showSaved),
		get("/plan", with(RightSeePlan), plans),
		get("/plan/{year}", with(RightSeePlan), plan),
		post("/plan/{year}", with(RightPlan), decidePlan),
		get("/brief", with(RightSeePlan), brief),
		get("/people", with(RightPeople), people),
		post("/people", with(RightPeople), addPerson),
		post("/people/{name}", with(RightPeople), changePerson),
		get("/audit", with(RightAudit), audit),
		plain(get("/audit.csv", with(RightAudit), auditFile)),
	}
}

// call is one request that is being answered.
type call struct {
	*Office
	*http.Request
	w      http.ResponseWriter
	tag    string
	person store.Person // nobody where Name is empty
	item   *item        // the publication of the address

	problems []problem // with its form
}

// may says whether the person has a right.
func (c *call) may(right Right) bool { return may(c.person.Roles, right) }

// The keys of a session.
const (
	keyPerson    = "person"
	keyEnrolling = "enrolling" // the person has yet to enrol a passkey
	keyCeremony  = "ceremony"  // of a passkey, under way
	keyConfirmed = "confirmed" // what the person last touched a passkey for
	keyProvider  = "provider"  // a sign-in by the identity provider, under way
	keyMark      = "mark"      // tells the sessions of a person apart
	keyNotice    = "notice"    // what was just done, shown once
)

var (
	errNotFound  = errors.New("not found")
	errForbidden = errors.New("forbidden")
	errSignIn    = errors.New("sign in first")
	errTooMany   = errors.New("too many attempts")
)

// guard holds a request to the rule of its route before anything else is done.
func (o *Office) guard(tag string, r route) http.Handler {
	most := r.most
	if most == 0 {
		most = mostForm
	}
	return http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		request.Body = http.MaxBytesReader(w, request.Body, most)
		c := &call{Office: o, Request: request, w: w, tag: tag}
		err := c.admit(r.rule)
		if err == nil {
			err = r.do(c)
		}
		if err != nil {
			c.recordRefusal(err)
			o.fail(c, err)
		}
	})
}

// admit holds a request to a rule.
func (c *call) admit(r rule) error {
	if err := c.identify(); err != nil {
		return err
	}
	switch {
	case r.slow && !c.allow(c.client()):
		return errTooMany
	case r.open:
		return nil
	case c.person.Name == "":
		return errSignIn
	case !r.enrolling && c.sessions.GetBool(c.Context(), keyEnrolling):
		return errSignIn
	case r.of == ofNone && r.right != "" && !c.may(r.right):
		return errForbidden
	case r.of == ofNone:
		return nil
	}
	id, err := strconv.Atoi(c.PathValue("id"))
	if err != nil {
		return errNotFound
	}
	if c.item, err = c.find(c.Context(), id); err != nil {
		return err
	}
	readable, err := c.reads(c.item, r.of)
	if err != nil {
		return err
	}
	if !readable {
		return errNotFound // as one that does not exist
	}
	if r.right != "" && !c.may(r.right) {
		return errForbidden
	}
	return nil
}

// readsAll says whether the person may see all of a publication before it is public.
func (c *call) readsAll(i *item) bool {
	return c.may(RightReadAll) || c.may(RightReadOwn) && i.mine(c.person.Name)
}

// reads says whether the person may see a publication before it is public, or its preview.
func (c *call) reads(i *item, of about) (bool, error) {
	if c.readsAll(i) {
		return true, nil
	}
	if of != ofPreview {
		return false, nil
	}
	granted, err := c.Store.Readers(c.Context(), i.ID)
	for _, g := range granted {
		if strings.EqualFold(g.Person, c.person.Name) && c.Now().Before(g.Until) {
			return true, err
		}
	}
	return false, err
}

// identify finds who sends a request, by the session. Somebody whose access ended is nobody.
func (c *call) identify() error {
	name := c.sessions.GetString(c.Context(), keyPerson)
	if name == "" {
		return nil
	}
	person, err := c.Store.Person(c.Context(), name)
	if errors.Is(err, store.ErrNone) {
		return nil
	}
	if err != nil || !person.Ended.IsZero() {
		return err
	}
	c.person = person
	return nil
}

// record keeps what was seen or done.
func (c *call) record(act string, publication int, words string) error {
	return c.Store.AddEvent(c.Context(), store.Event{Person: c.person.Name, Act: act, Publication: publication,
		Words: words})
}

// recordRefusal keeps that somebody who is signed in asked for what they may not have.
func (c *call) recordRefusal(err error) {
	id := 0
	if c.item != nil {
		id = c.item.ID
	}
	if c.person.Name == "" || !errors.Is(err, errForbidden) && (id == 0 || !errors.Is(err, errNotFound)) {
		return
	}
	if err := c.record("refused", id, c.Method+" "+c.URL.Path); err != nil {
		c.Log.Error("a refusal was not recorded", "error", err)
	}
}

// leave answers a form with the way to a page, which says what was done; nothing where the key is empty.
func (c *call) leave(path, key string, variables ...any) error {
	if key != "" {
		c.sessions.Put(c.Context(), keyNotice, c.say(key, variables...))
	}
	http.Redirect(c.w, c.Request, pathIn(c.tag, path), http.StatusSeeOther)
	return nil
}

// pathIn is an address in a language.
func pathIn(tag, path string) string {
	if tag == i18n.Languages()[0] {
		return path
	}
	return "/" + tag + path
}

// languageOf is the language of an address.
func languageOf(path string) string {
	for _, tag := range i18n.Languages()[1:] {
		if path == "/"+tag || strings.HasPrefix(path, "/"+tag+"/") {
			return tag
		}
	}
	return i18n.Languages()[0]
}

// local is an address of this site that a form named, or another where it is none.
func local(path, otherwise string) string {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") ||
		strings.ContainsAny(path, "\\\r\n\t") {
		return otherwise
	}
	return path
}
