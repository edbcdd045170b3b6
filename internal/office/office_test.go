package office

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"yardstick/analytics"
	"yardstick/analytics/duck"
	"yardstick/dashboards/server"
	"yardstick/data"
	"yardstick/data/register"
	"yardstick/data/release"
	"yardstick/internal/office/store"
	"yardstick/queries"
	"yardstick/static"
)

// clock is a clock that tests set.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

// bench is an office with a home of its own.
type bench struct {
	*Office
	t     *testing.T
	clock *clock
	kept  *clock // of the office's database, and so of sessions
	log   bytes.Buffer
}

const testSite = "http://localhost:8081"

// newBench makes an office whose people are called as their role is; editor and other are both editors.
func newBench(t *testing.T, site string) *bench {
	t.Helper()
	b := &bench{t: t, clock: new(clock), kept: new(clock)}
	home := t.TempDir()
	db, err := store.Open(t.Context(), filepath.Join(home, "office"), queries.Files(), b.kept.now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	manifest, err := static.Manifest()
	if err != nil {
		t.Skip(err)
	}
	log := slog.New(slog.NewTextHandler(&b.log, nil))
	b.Office, err = New(Config{
		Register: &register.Register{Home: home, Record: data.Record(), Queries: queries.Files(), Now: b.clock.now},
		Store:    db, Site: site, Folder: filepath.Join(home, "office"), Now: b.clock.now, Log: log,
		Assets: static.Dist(), Manifest: manifest,
		Public: func() (Public, error) {
			drawing, err := static.Drawing()
			if err != nil {
				return nil, err
			}
			return server.New(server.Config{Assets: static.Dist(), Manifest: manifest, Log: log, Now: b.clock.now,
				Drawing: drawing})
		},
		Open: func(ctx context.Context, path string, m release.Manifest) (*analytics.Snapshot, error) {
			opened, err := duck.Open(path, analytics.Release{ID: m.ID, Built: m.Built}, queries.Files())
			if err != nil {
				return nil, err
			}
			t.Cleanup(func() { opened.Close() })
			return analytics.Load(ctx, opened)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, role := range map[string]string{"viewer": "viewer", "analyst": "analyst", "editor": "editor",
		"other":    "editor",
		"approver": "approver", "publisher": "publisher", "administrator": "administrator", "reader": "reader",
		"stranger": "reader", "ended": "approver"} {
		if err := db.AddPerson(t.Context(), name, []string{role}); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.End(t.Context(), "ended"); err != nil {
		t.Fatal(err)
	}
	return b
}

// session is the cookie of a new session with these values.
func (b *bench) session(values map[string]any) *http.Cookie {
	b.t.Helper()
	ctx, err := b.sessions.Load(b.t.Context(), "")
	if err != nil {
		b.t.Fatal(err)
	}
	for key, value := range values {
		b.sessions.Put(ctx, key, value)
	}
	token, _, err := b.sessions.Commit(ctx)
	if err != nil {
		b.t.Fatal(err)
	}
	return &http.Cookie{Name: b.sessions.Cookie.Name, Value: token}
}

// as is a session of a person; "" for nobody.
func (b *bench) as(person string) *http.Cookie {
	if person == "" {
		return nil
	}
	return b.session(map[string]any{keyPerson: person})
}

// touching is a session of a person who has just touched a passkey for a decision.
func (b *bench) touching(person, about string) *http.Cookie {
	return b.session(map[string]any{keyPerson: person, keyConfirmed: about + " " + b.Now().UTC().Format(time.RFC3339)})
}

// ask sends a request and returns the answer.
func (b *bench) ask(method, path string, cookie *http.Cookie, body io.Reader,
	header ...string) *httptest.ResponseRecorder {
	b.t.Helper()
	r := httptest.NewRequestWithContext(b.t.Context(), method, "http://"+b.site.Host+path, body)
	for n := 0; n < len(header); n += 2 {
		r.Header.Set(header[n], header[n+1])
	}
	if cookie != nil {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	return w
}

func (b *bench) get(path string, cookie *http.Cookie) *httptest.ResponseRecorder {
	b.t.Helper()
	return b.ask("GET", path, cookie, nil)
}

func (b *bench) post(path string, cookie *http.Cookie, form url.Values) *httptest.ResponseRecorder {
	b.t.Helper()
	return b.ask("POST", path, cookie, strings.NewReader(form.Encode()), "Content-Type",
		"application/x-www-form-urlencoded")
}

// upload sends a file with the fields of its form.
func (b *bench) upload(path string, cookie *http.Cookie, name, content string,
	fields ...string) *httptest.ResponseRecorder {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for n := 0; n < len(fields); n += 2 {
		if err := form.WriteField(fields[n], fields[n+1]); err != nil {
			b.t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write([]byte(content))
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		b.t.Fatal(err)
	}
	return b.ask("POST", path, cookie, &body, "Content-Type", form.FormDataContentType())
}

// wants fails where an answer has another status, or lacks words.
func (b *bench) wants(w *httptest.ResponseRecorder, status int, words ...string) {
	b.t.Helper()
	if w.Code != status {
		b.t.Fatalf("status %d, want %d: %.400s\n%s", w.Code, status, mainOf(w), b.log.String())
	}
	for _, word := range words {
		if !strings.Contains(w.Body.String(), word) {
			b.t.Fatalf("the answer does not say %q:\n%s", word, mainOf(w))
		}
	}
	if status == http.StatusUnprocessableEntity {
		b.hasItsProblemsBesideFields(w)
	}
}

// hasItsProblemsBesideFields fails where the summary of what is wrong leads to a field that does not say it.
func (b *bench) hasItsProblemsBesideFields(w *httptest.ResponseRecorder) {
	b.t.Helper()
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		b.t.Fatal(err)
	}
	for _, a := range doc.Find("[data-problems] a").EachIter() {
		id := strings.TrimPrefix(a.AttrOr("href", ""), "#")
		field := doc.Find("#" + id)
		if field.Length() == 0 {
			b.t.Errorf("%q leads to %q, which is not on the page", a.Text(), id)
		}
		if !field.Is("fieldset, input, textarea, select") {
			continue
		}
		message := doc.Find("#" + id + "-error")
		described := strings.Fields(field.AttrOr("aria-describedby", ""))
		if !strings.Contains(message.Text(), a.Text()) || !slices.Contains(described, id+"-error") {
			b.t.Errorf("the field %q is described by %q, and says %q", id, described, message.Text())
		}
	}
}

// Three synthetic inspections, as no inspectorate published them: with four mistakes, and corrected.
const (
	sheetHeader = "area,programme,publication_date,measure,rating,cases_in_sample,source_url,source_title\n"
	withErrors  = sheetHeader +
		"Essex,yj2025,2027-05-13,overall,good,,https://example.test/essex,Essex notice (synthetic)\n" +
		"Nowhereshire,yj2025,2027-05-13,overall,good,,https://example.test/nowhere,Notice (synthetic)\n" +
		"Kent,yj2025,2027-13-45,overall,good,,https://example.test/kent,Kent notice (synthetic)\n" +
		"Leeds,yj2025,2027-05-13,overall,outstanding,4O,https://example.test/leeds,Leeds notice (synthetic)\n" +
		"Devon,yj2025,2027-05-13,overall,good,,not an address,Devon notice (synthetic)\n"
	corrected = sheetHeader +
		"Essex,yj2025,2027-05-13,overall,good,,https://example.test/essex,Essex notice (synthetic)\n" +
		"Kent,yj2025,2027-05-13,overall,requires_improvement,,https://example.test/kent,Kent notice (synthetic)\n" +
		"Leeds,yj2025,2027-05-13,overall,outstanding,40,https://example.test/leeds,Leeds notice (synthetic)\n"
)

// sendFile sends a file as a person and returns the publication's number.
func (b *bench) sendFile(person, content string, fields ...string) int {
	b.t.Helper()
	if len(fields) == 0 {
		fields = []string{"when", "none"}
	}
	w := b.upload("/send", b.as(person), "results.csv", content, fields...)
	b.wants(w, http.StatusSeeOther)
	var id int
	if _, err := fmt.Sscanf(w.Header().Get("Location"), "/publications/%d", &id); err != nil {
		b.t.Fatal(err)
	}
	return id
}

func (b *bench) at(id int) *item {
	b.t.Helper()
	i, err := b.find(b.t.Context(), id)
	if err != nil {
		b.t.Fatal(err)
	}
	return i
}

// draftFile sends a file without mistakes and hands it in.
func (b *bench) draftFile(person, content string, fields ...string) int {
	b.t.Helper()
	id := b.sendFile(person, content, fields...)
	b.wants(b.post(publicationPath(id)+"/draft", b.as(person), url.Values{"hash": {b.at(id).Hash}, "warnings": {"read"}}),
		http.StatusSeeOther)
	if got := b.at(id).Status; got != StatusReview {
		b.t.Fatalf("handed in, it is %s", got)
	}
	return id
}

// everywhere looks for words in every file of the home that the public site may open.
func (b *bench) everywhere(words string) []string {
	b.t.Helper()
	var found []string
	for _, place := range []string{"releases", "current"} {
		_ = filepath.WalkDir(filepath.Join(b.Register.Home, place), func(path string, entry os.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				content, _ := os.ReadFile(path)
				if bytes.Contains(content, []byte(words)) {
					found = append(found, path)
				}
			}
			return nil
		})
	}
	return found
}

// mainOf is what an answer says, without its layout.
func mainOf(w *httptest.ResponseRecorder) string {
	_, text, _ := strings.Cut(w.Body.String(), "<main")
	return text
}
