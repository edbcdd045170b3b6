package office

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"yardstick/dashboards/i18n"
)

// personas are everybody who may ask. The publication that is asked about was sent by editor; reader may read it before
// it is public, and stranger may not.
var personas = []string{"", "enrolling", "viewer", "analyst", "editor", "other", "approver", "publisher",
	"administrator",
	"reader", "stranger", "ended"}

const (
	anybody    = "*"
	everybody  = "viewer analyst editor other approver publisher administrator reader stranger"
	ofTheFile  = "editor approver publisher"
	planning   = "viewer analyst editor other approver publisher"
	whoPreview = "editor approver publisher reader"
)

// matrix says who comes as far as each address. It is written by hand: a route that is not here fails the test.
var matrix = map[string]string{
	"GET /healthz":                                        anybody,
	"GET /assets/{name}":                                  anybody,
	"GET /sign-in":                                        anybody,
	"POST /sign-in/begin":                                 anybody,
	"POST /sign-in/finish":                                anybody,
	"POST /sign-in/code":                                  anybody,
	"GET /join/{token}":                                   anybody,
	"POST /join/{token}":                                  anybody,
	"GET /passkeys":                                       everybody + " enrolling",
	"POST /passkeys/begin":                                everybody + " enrolling",
	"POST /passkeys/finish":                               everybody + " enrolling",
	"POST /sign-out":                                      everybody + " enrolling",
	"POST /codes":                                         everybody,
	"POST /confirm/begin":                                 everybody,
	"POST /confirm/finish":                                everybody,
	"GET /{$}":                                            everybody,
	"GET /publications":                                   everybody,
	"GET /send":                                           "editor other approver",
	"POST /send":                                          "editor other approver",
	"GET /publications/{id}":                              ofTheFile,
	"POST /publications/{id}/file":                        "editor approver",
	"POST /publications/{id}/draft":                       "editor approver",
	"POST /publications/{id}/comment":                     ofTheFile,
	"POST /publications/{id}/approve":                     "approver",
	"POST /publications/{id}/back":                        "approver",
	"POST /publications/{id}/publish":                     "publisher",
	"POST /publications/{id}/unschedule":                  "publisher",
	"POST /publications/{id}/readers":                     "publisher",
	"GET /publications/{id}/preview/{path...}":            whoPreview,
	"GET /publications/{id}/notice/{inspection}":          ofTheFile,
	"GET /announcements":                                  "editor other approver publisher",
	"POST /announcements":                                 "publisher",
	"POST /announcements/{number}":                        "publisher",
	"POST /publications/{id}/announcement":                "publisher",
	"POST /publications/{id}/examine":                     ofTheFile,
	"POST /publications/{id}/replies":                     "publisher",
	"POST /publications/{id}/replies/{reply}/end":         "publisher",
	"POST /publications/{id}/replies/{reply}/remarks":     ofTheFile,
	"POST /publications/{id}/replies/{reply}/response":    "publisher",
	"POST /publications/{id}/plan":                        "publisher",
	"GET /replies/{token}":                                anybody,
	"POST /replies/{token}":                               anybody,
	"POST /publications/{id}/ask":                         "editor publisher",
	"POST /publications/{id}/decide":                      ofTheFile,
	"GET /withdrawals":                                    "editor other approver publisher",
	"POST /withdrawals":                                   "editor other publisher",
	"POST /withdrawals/{inspection}":                      "editor other approver publisher",
	"GET /people":                                         "administrator",
	"POST /people":                                        "administrator",
	"POST /people/{name}":                                 "administrator",
	"GET /audit":                                          "administrator",
	"GET /audit.csv":                                      "administrator",
	"GET /sign-in/provider":                               anybody,
	"GET /sign-in/provider/return":                        anybody,
	"POST /sessions":                                      everybody,
	"POST /publications/{id}/notice/{inspection}":         "editor approver",
	"POST /publications/{id}/notice/{inspection}/approve": "approver",
	"GET /publications/{id}/notice/{inspection}/{format}": ofTheFile,
	"GET /desk":                                           planning,
	"POST /desk":                                          "analyst",
	"GET /desk/{run}":                                     planning,
	"GET /plan":                                           planning,
	"GET /plan/{year}":                                    planning,
	"POST /plan/{year}":                                   "analyst",
	"GET /brief":                                          planning,
}

// Every address is held to its rule for everybody, in every language, signed in or not.
func TestAccessMatrix(t *testing.T) {
	b := newBench(t, testSite)
	id := b.draftFile("editor", corrected)
	if err := b.Store.PutReader(t.Context(), id, "reader", b.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	const reached = 299
	for n := range b.routes {
		b.routes[n].do = func(c *call) error { c.w.WriteHeader(reached); return nil }
		b.routes[n].rule.slow = false // another test is of that
	}
	b.handler = b.chain()
	routes := make(map[string]bool)
	for _, r := range b.routes {
		name := r.Method + " " + r.Path
		routes[name] = true
		allowed, ok := matrix[name]
		if !ok {
			t.Errorf("%s has no line in the matrix", name)
			continue
		}
		for _, who := range personas {
			cookie := b.as(who)
			if who == "enrolling" {
				cookie = b.session(map[string]any{keyPerson: "approver", keyEnrolling: true})
			}
			want := allowed == anybody || slices.Contains(strings.Fields(allowed), who)
			for _, tag := range r.languages() {
				path := strings.NewReplacer("{id}", publicationPath(id)[len("/publications/"):], "{name}", "viewer",
					"{token}", "token", "{inspection}", "essex-yj2025-2027", "{format}", "html",
					"{run}", "1", "{year}", "2027", "{path...}", "areas", "{$}",
					"").Replace(pathIn(tag, r.Path))
				w := b.ask(r.Method, path, cookie, nil)
				if got := w.Code == reached; got != want {
					t.Errorf("%s %s by %q: status %d, may be reached: %v", r.Method, path, who, w.Code, want)
				}
				refused := w.Code == http.StatusForbidden || w.Code == http.StatusNotFound ||
					w.Code == http.StatusUnauthorized || w.Code == http.StatusSeeOther &&
					strings.HasSuffix(strings.Split(w.Header().Get("Location"), "?")[0], "/sign-in")
				if !want && !refused {
					t.Errorf("%s %s by %q: status %d is no refusal", r.Method, path, who, w.Code)
				}
			}
		}
	}
	for name := range matrix {
		if !routes[name] {
			t.Errorf("the matrix has %s, which is no route", name)
		}
	}
	if len(routes) != len(b.routes) || len(i18n.Languages()) != 2 {
		t.Error("a route is there twice")
	}
}

// What a person may not see answers as what does not exist: its number tells nothing.
func TestOthersPublicationsDoNotExist(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	b := newBench(t, testSite)
	id := b.draftFile("editor", corrected)
	for _, who := range []string{"other", "viewer", "analyst", "administrator", "reader"} {
		theirs, none := b.get(publicationPath(id), b.as(who)), b.get(publicationPath(id+1), b.as(who))
		if theirs.Code != http.StatusNotFound || theirs.Body.String() != none.Body.String() {
			// the address of the same page in the other language is all that may differ
			a := strings.ReplaceAll(theirs.Body.String(), publicationPath(id), "")
			if theirs.Code != http.StatusNotFound || a != strings.ReplaceAll(none.Body.String(), publicationPath(id+1), "") {
				t.Errorf("%s: status %d, and for none %d", who, theirs.Code, none.Code)
			}
		}
	}
	for _, path := range []string{"/publications/0", "/publications/-1", "/publications/x",
		"/publications/99999999999999999999"} {
		b.wants(b.get(path, b.as("approver")), http.StatusNotFound)
	}
}
