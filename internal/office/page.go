package office

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
	"yardstick/internal/office/store"
)

//go:embed templates/*.gohtml assets/*
var files embed.FS

// pages are the templates in every language.
type pages struct {
	languages map[string]*i18n.Language
	templates map[string]*template.Template // by tag and name
	london    *time.Location
	own       map[string]string // the hash of each asset of the office, by name
}

func newPages() (*pages, error) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, err
	}
	p := &pages{make(map[string]*i18n.Language), make(map[string]*template.Template), london, make(map[string]string)}
	assets, err := fs.Glob(files, "assets/*")
	for _, name := range assets {
		content, failed := files.ReadFile(name)
		err = errors.Join(err, failed)
		sum := sha256.Sum256(content)
		p.own[path.Base(name)] = hex.EncodeToString(sum[:6])
	}
	if err != nil {
		return nil, err
	}
	for _, tag := range i18n.Languages() {
		if p.languages[tag], err = i18n.Load(tag); err != nil {
			return nil, err
		}
		if err := p.parse(tag); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (p *pages) parse(tag string) error {
	language := p.languages[tag]
	functions := template.FuncMap{
		"t":      language.T,
		"most":   func() int { return mostFile - mostForm }, // beside the file there is its form
		"url":    func(path string) string { return pathIn(tag, path) },
		"moment": func(t time.Time) (string, error) { return p.moment(tag, t) },
	}
	shared := template.New("layout").Funcs(functions)
	layout, err := shared.ParseFS(files, "templates/layout.gohtml", "templates/parts.gohtml")
	if err != nil {
		return err
	}
	names, err := fs.Glob(files, "templates/*.gohtml")
	if err != nil {
		return err
	}
	for _, name := range names {
		base := strings.TrimSuffix(path.Base(name), ".gohtml")
		if base == "layout" || base == "parts" {
			continue
		}
		own, err := layout.Clone()
		if err == nil {
			own, err = own.ParseFS(files, name)
		}
		if err != nil {
			return err
		}
		p.templates[tag+" "+base] = own
	}
	return nil
}

// words returns the words of the public pages about a release, nil for none, in a language.
func (p *pages) words(tag string, s *analytics.Snapshot) *view.Words {
	return view.NewWords(p.languages[tag], s)
}

// moment says a moment as London's clocks show it: Wednesday 13 June 2012, 00:01 BST.
func (p *pages) moment(tag string, t time.Time) (string, error) {
	w, at := p.words(tag, nil), t.In(p.london)
	text := fmt.Sprintf("%s %d %s %d, %s", w.Say("office.weekday."+strconv.Itoa(int(at.Weekday()))), at.Day(),
		w.Say("date.month."+strconv.Itoa(int(at.Month()))), at.Year(), at.Format("15:04 MST"))
	return text, w.Err()
}

// moment says a moment in the call's language.
func (c *call) moment(t time.Time) string {
	text, err := c.pages.moment(c.tag, t)
	if err != nil {
		panic(err) // every weekday and month has its words: a test
	}
	return text
}

// say is a message in the call's language.
func (c *call) say(key string, variables ...any) string {
	text, err := c.pages.languages[c.tag].T(key, variables...)
	if err != nil {
		panic(err) // which ServeHTTP turns into an error that names the message
	}
	return text
}

// done leads to a page that says what was done, where nothing failed.
func (c *call) done(err error, path, key string, variables ...any) error {
	if err != nil {
		return err
	}
	return c.leave(path, key, variables...)
}

// left says how long it is until a moment: "2 d 03:15".
func (c *call) left(until time.Time) string {
	d := until.Sub(c.Now()).Truncate(time.Minute)
	days, d := d/(24*time.Hour), d%(24*time.Hour)
	return c.say("office.left", "Count", int(days), "Clock",
		fmt.Sprintf("%02d:%02d", d/time.Hour, d%time.Hour/time.Minute))
}

// problem is something wrong with a form: the id of the field, empty for the whole, and what to do.
type problem struct{ Field, Text string }

// link is an entry of the navigation.
type link struct {
	Href, Text string
	Current    bool
}

// layout is what every page has.
type layout struct {
	Tag       string
	Title     string
	Person    string
	Nav       []link
	Notice    string
	Problems  []problem
	Other     link // the same page in the other language
	OtherTag  string
	Style     string
	OwnStyle  string
	OwnScript string
	Icon      string
	View      any
}

// wrong says what is wrong with a field of the form; with the whole where the field is empty. The page shows it.
func (c *call) wrong(field, key string, variables ...any) {
	c.problems = append(c.problems, problem{field, c.say("office.problem."+key, variables...)})
}

// page answers with a page, which says first what is wrong with its form.
func (c *call) page(name string, view any) error {
	if len(c.problems) > 0 {
		return c.render(http.StatusUnprocessableEntity, name, view)
	}
	return c.render(http.StatusOK, name, view)
}

func (c *call) render(status int, name string, view any) error {
	l := layout{Tag: c.tag, Title: c.say("office.title." + name), Person: c.person.Name, View: view,
		Problems: c.problems, Style: "/assets/" + c.Manifest["site.css"],
		Icon: "/assets/" + c.Manifest["favicon.svg"], OwnStyle: "/assets/office.css?" + c.pages.own["office.css"],
		OwnScript: "/assets/office.js?" + c.pages.own["office.js"]}
	if c.sessions.GetBool(c.Context(), keyEnrolling) {
		l.Person = ""
	}
	if l.Person != "" {
		l.Nav = c.nav()
		l.Notice = c.sessions.PopString(c.Context(), keyNotice)
	}
	bare := strings.TrimPrefix(c.URL.Path, "/"+c.tag)
	if c.tag == i18n.Languages()[0] {
		bare = c.URL.Path
	}
	for _, tag := range i18n.Languages() {
		if tag != c.tag && c.Method == http.MethodGet {
			l.Other, l.OtherTag = link{Href: pathIn(tag, bare), Text: c.say("language." + tag)}, tag
		}
	}
	var out bytes.Buffer
	if err := c.pages.templates[c.tag+" "+name].ExecuteTemplate(&out, "layout.gohtml", l); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	text := out.Bytes()
	if len(c.problems) > 0 {
		var err error
		if text, err = c.refusedForm(text); err != nil {
			return fmt.Errorf("page %s: %w", name, err)
		}
	}
	c.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	c.w.WriteHeader(status)
	_, err := c.w.Write(text)
	return err
}

// nav is where the person may go.
func (c *call) nav() []link {
	var out []link
	add := func(path, key string, may bool) {
		if may {
			href := pathIn(c.tag, path)
			out = append(out, link{href, c.say(key), c.URL.Path == href})
		}
	}
	add("/", "office.nav.home", true)
	add("/publications", "office.nav.publications", true)
	add("/send", "office.nav.send", c.may(RightSend))
	add("/announcements", "office.nav.announcements", c.may(RightComment))
	add("/withdrawals", "office.nav.withdrawals", c.may(RightComment))
	add("/desk", "office.nav.desk", c.may(RightSeePlan))
	add("/plan", "office.nav.plan", c.may(RightSeePlan))
	add("/brief", "office.nav.brief", c.may(RightSeePlan))
	add("/people", "office.nav.people", c.may(RightPeople))
	add("/audit", "office.nav.audit", c.may(RightAudit))
	add("/passkeys", "office.nav.passkeys", true)
	return out
}

// refused shows the publication's page with why the register did not do something.
func (c *call) refused(err error) error {
	c.failed(err)
	return c.showWith(publicationView{})
}

type messageView struct {
	Heading, Text string
	SignIn        string // where to sign in again; empty where that is no help
}

// fail answers with an error: by its kind, and without a word of unpublished data.
func (o *Office) fail(c *call, err error) {
	status, kind := http.StatusInternalServerError, "broken"
	var large *http.MaxBytesError
	switch {
	case errors.Is(err, errSignIn):
		if c.Method == http.MethodGet {
			next := ""
			if c.URL.Path != "/" {
				next = "?next=" + url.QueryEscape(c.URL.Path)
			}
			http.Redirect(c.w, c.Request, pathIn(c.tag, "/sign-in")+next, http.StatusSeeOther)
			return
		}
		status, kind = http.StatusUnauthorized, "sign_in"
	case errors.Is(err, errForbidden):
		status, kind = http.StatusForbidden, "forbidden"
	case errors.Is(err, errNotFound) || errors.Is(err, store.ErrNone):
		status, kind = http.StatusNotFound, "not_found"
	case errors.Is(err, errTooMany):
		status, kind = http.StatusTooManyRequests, "too_many"
		c.w.Header().Set("Retry-After", "60")
	case errors.As(err, &large):
		status, kind = http.StatusRequestEntityTooLarge, "too_large"
	default:
		o.Log.Error("a request failed", "method", c.Method, "route", c.Pattern, "error", err)
	}
	view := messageView{Heading: c.say("office.error." + kind), Text: c.say("office.error." + kind + "_about")}
	if kind == "sign_in" {
		view.SignIn = pathIn(c.tag, "/sign-in") + "?next=" + url.QueryEscape(c.cameFrom())
		c.drain()
	}
	if err := c.render(status, "message", view); err != nil {
		o.Log.Error("a page of an error failed", "error", err)
		http.Error(c.w, http.StatusText(status), status)
	}
}

// cameFrom is the page of this site that a form was on.
func (c *call) cameFrom() string {
	from, err := url.Parse(c.Referer())
	if err != nil || from.Host != c.site.Host {
		return "/"
	}
	return local(from.Path, "/")
}

// drain reads what is left of a form: browsers show an answer once they have sent all of it.
func (c *call) drain() {
	if _, err := io.Copy(io.Discard, c.Body); err != nil {
		c.Log.Debug("a form that was refused did not end", "error", err)
	}
}

// broke answers a request that failed where no page could be made.
func (o *Office) broke(w http.ResponseWriter, r *http.Request, err error) {
	o.Log.Error("a request failed", "method", r.Method, "route", r.Pattern, "error", err)
	http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
}

func healthy(c *call) error {
	_, err := c.w.Write([]byte("ok\n"))
	return err
}

// asset answers with a stylesheet, a script or an icon. They are the same for everybody and may be kept.
func asset(c *call) error {
	name := c.PathValue("name")
	content, err := fs.ReadFile(files, "assets/"+name)
	if err != nil {
		if content, err = fs.ReadFile(c.Assets, name); err != nil || !fs.ValidPath(name) {
			return errNotFound
		}
		c.w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	} else if c.URL.RawQuery != "" {
		c.w.Header().Set("Cache-Control", "private, max-age=86400")
	}
	c.w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
	_, err = c.w.Write(content)
	return err
}
