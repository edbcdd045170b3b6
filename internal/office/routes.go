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
	get, post := http.MethodGet, http.MethodPost
	signedIn := rule{}
	own := rule{enrolling: true}
	open := rule{open: true}
	return []route{
		{Method: get, Path: "/healthz", rule: open, plain: true, do: healthy},
		{Method: get, Path: "/assets/{name}", rule: open, plain: true, do: asset},
		{Method: get, Path: "/sign-in", rule: open, do: signInPage},
		{Method: post, Path: "/sign-in/begin", rule: open, plain: true, do: beginSignIn},
		{Method: post, Path: "/sign-in/finish", rule: open, plain: true, do: finishSignIn},
		{Method: post, Path: "/sign-in/code", rule: open, do: signInByCode},
		{Method: get, Path: "/sign-in/provider", rule: open, plain: true, do: beginProvider},
		{Method: get, Path: "/sign-in/provider/return", rule: open, plain: true, do: finishProvider},
		{Method: get, Path: "/join/{token}", rule: open, do: joinPage},
		{Method: post, Path: "/join/{token}", rule: open, do: join},
		{Method: get, Path: "/passkeys", rule: own, do: passkeysPage},
		{Method: post, Path: "/passkeys/begin", rule: own, plain: true, do: beginPasskey},
		{Method: post, Path: "/passkeys/finish", rule: own, plain: true, do: finishPasskey},
		{Method: post, Path: "/codes", rule: signedIn, do: newCodes},
		{Method: post, Path: "/sessions", rule: signedIn, do: endOthers},
		{Method: post, Path: "/sign-out", rule: own, do: signOut},
		{Method: post, Path: "/confirm/begin", rule: signedIn, plain: true, do: beginConfirm},
		{Method: post, Path: "/confirm/finish", rule: signedIn, plain: true, do: finishConfirm},

		{Method: get, Path: "/{$}", rule: signedIn, do: home},
		{Method: get, Path: "/publications", rule: signedIn, do: list},
		{Method: get, Path: "/send", rule: rule{right: RightSend}, do: sendPage},
		{Method: post, Path: "/send", rule: rule{right: RightSend}, most: mostFile, do: send},
		{Method: get, Path: "/publications/{id}", rule: rule{of: ofRead}, do: show},
		{Method: post, Path: "/publications/{id}/file", rule: rule{right: RightSend, of: ofRead}, most: mostFile,
			do: replace},
		{Method: post, Path: "/publications/{id}/draft", rule: rule{right: RightSend, of: ofRead}, do: draft},
		{Method: post, Path: "/publications/{id}/comment", rule: rule{right: RightComment, of: ofRead}, do: comment},
		{Method: post, Path: "/publications/{id}/approve", rule: rule{right: RightApprove, of: ofRead}, do: approve},
		{Method: post, Path: "/publications/{id}/back", rule: rule{right: RightApprove, of: ofRead}, do: sendBack},
		{Method: post, Path: "/publications/{id}/publish", rule: rule{right: RightPublish, of: ofRead}, do: publish},
		{Method: post, Path: "/publications/{id}/unschedule", rule: rule{right: RightPublish, of: ofRead}, do: unschedule},
		{Method: post, Path: "/publications/{id}/readers", rule: rule{right: RightPublish, of: ofRead}, do: readers},
		{Method: get, Path: "/publications/{id}/notice/{inspection}", rule: rule{of: ofRead}, do: notice},
		{Method: post, Path: "/publications/{id}/notice/{inspection}", rule: rule{right: RightSend, of: ofRead},
			most: mostNotice, do: word},
		{Method: post, Path: "/publications/{id}/notice/{inspection}/approve", rule: rule{right: RightApprove, of: ofRead},
			do: approveNotice},
		{Method: get, Path: "/publications/{id}/notice/{inspection}/{format}", rule: rule{of: ofRead}, do: noticeFile},
		{Method: get, Path: "/publications/{id}/preview/{path...}", rule: rule{of: ofPreview}, plain: true, do: showPreview},
		{Method: get, Path: "/announcements", rule: rule{right: RightComment}, do: announcementsPage},
		{Method: post, Path: "/announcements", rule: rule{right: RightPublish}, do: announce},
		{Method: post, Path: "/announcements/{number}", rule: rule{right: RightPublish}, do: announce},
		{Method: post, Path: "/publications/{id}/announcement", rule: rule{right: RightPublish, of: ofRead}, do: tie},
		{Method: post, Path: "/publications/{id}/examine", rule: rule{right: RightComment, of: ofRead}, do: examine},
		{Method: post, Path: "/publications/{id}/replies", rule: rule{right: RightPublish, of: ofRead}, do: invite},
		{Method: post, Path: "/publications/{id}/replies/{reply}/end", rule: rule{right: RightPublish, of: ofRead},
			do: endReply},
		{Method: post, Path: "/publications/{id}/replies/{reply}/remarks", rule: rule{right: RightComment, of: ofRead},
			do: decideRemarks},
		{Method: post, Path: "/publications/{id}/replies/{reply}/response", rule: rule{right: RightPublish, of: ofRead},
			do: respond},
		{Method: post, Path: "/publications/{id}/plan", rule: rule{right: RightPublish, of: ofRead}, do: setPlan},
		{Method: get, Path: "/replies/{token}", rule: open, do: replyPage},
		{Method: post, Path: "/replies/{token}", rule: open, most: 1 << 20, do: reply},
		{Method: post, Path: "/publications/{id}/ask", rule: rule{right: RightAsk, of: ofRead}, do: petition},
		{Method: post, Path: "/publications/{id}/decide", rule: rule{right: RightComment, of: ofRead}, do: decidePetition},
		{Method: get, Path: "/withdrawals", rule: rule{right: RightComment}, do: withdrawalsPage},
		{Method: post, Path: "/withdrawals", rule: rule{right: RightAsk}, do: askInspection},
		{Method: post, Path: "/withdrawals/{inspection}", rule: rule{right: RightComment}, do: withdrawInspection},
		{Method: get, Path: "/desk", rule: rule{right: RightSeePlan}, do: desk},
		{Method: post, Path: "/desk", rule: rule{right: RightPlan}, do: saveRun},
		{Method: get, Path: "/desk/{run}", rule: rule{right: RightSeePlan}, do: showSaved},
		{Method: get, Path: "/plan", rule: rule{right: RightSeePlan}, do: plans},
		{Method: get, Path: "/plan/{year}", rule: rule{right: RightSeePlan}, do: plan},
		{Method: post, Path: "/plan/{year}", rule: rule{right: RightPlan}, do: decidePlan},
		{Method: get, Path: "/brief", rule: rule{right: RightSeePlan}, do: brief},
		{Method: get, Path: "/people", rule: rule{right: RightPeople}, do: people},
		{Method: post, Path: "/people", rule: rule{right: RightPeople}, do: addPerson},
		{Method: post, Path: "/people/{name}", rule: rule{right: RightPeople}, do: changePerson},
		{Method: get, Path: "/audit", rule: rule{right: RightAudit}, do: audit},
		{Method: get, Path: "/audit.csv", rule: rule{right: RightAudit}, plain: true, do: auditFile},
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

// leave answers a form with the way to a page, and with what the page says was done.
func (c *call) leave(path, notice string) error {
	if notice != "" {
		c.sessions.Put(c.Context(), keyNotice, notice)
	}
	http.Redirect(c.w, c.Request, pathIn(c.tag, path), http.StatusSeeOther)
	return nil
}

// pathIn is an address in a language.
func pathIn(tag, path string) string {
	switch {
	case tag == i18n.Languages()[0]:
		return path
	case path == "/" || path == "/{$}":
		return "/" + tag + path
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
