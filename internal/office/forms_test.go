package office

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"yardstick/data/register"
)

// typed says whether people fill a field in.
func typed(field *goquery.Selection) bool {
	kind := field.AttrOr("type", "text")
	return field.Is("textarea, select") || field.Is("input") && !slices.Contains([]string{"hidden", "file"}, kind)
}

// plausible is what somebody may fill a field in with; a choice is the last one that there is.
func plausible(b *bench, field *goquery.Selection) string {
	switch kind := field.AttrOr("type", "text"); {
	case field.Is("select"):
		return field.Find("option").Last().AttrOr("value", field.Find("option").Last().Text())
	case kind == "radio" || kind == "checkbox":
		return field.AttrOr("value", "on")
	case kind == "date":
		return b.Now().AddDate(0, 0, 7).Format(time.DateOnly)
	case kind == "time":
		return "09:30"
	case kind == "url":
		return "https://example.test/typed"
	case kind == "email":
		return "typed@example.test"
	}
	return "typed <by> somebody"
}

// refusals sends every form of a page that has fields to type in, once for each field with something in it that cannot
// be, and fails where a form that is refused does not give back what its other fields had. It returns which forms were
// refused.
func (b *bench) refusals(path, person string) map[string]bool {
	b.t.Helper()
	page := b.get(path, b.as(person))
	b.wants(page, http.StatusOK)
	doc, err := goquery.NewDocumentFromReader(page.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	out := make(map[string]bool)
	for _, form := range doc.Find(`form[method="post"]`).EachIter() {
		fields := form.Find("[name]")
		action := form.AttrOr("action", path)
		for _, bad := range fields.EachIter() {
			kind := bad.AttrOr("type", "text")
			if !typed(bad) || kind == "radio" || kind == "checkbox" || bad.Is("select") {
				continue
			}
			sent := make(url.Values)
			for _, field := range fields.EachIter() {
				name := field.AttrOr("name", "")
				switch {
				case field.Is("button"):
				case !typed(field):
					sent.Set(name, field.AttrOr("value", ""))
				default:
					sent.Set(name, plausible(b, field))
				}
			}
			if do := form.Find("button[name]").First(); do.Length() > 0 {
				sent.Set(do.AttrOr("name", ""), do.AttrOr("value", ""))
			}
			sent.Set(bad.AttrOr("name", ""), strings.Repeat("wrong ", 5000))
			answer := b.sends(form, action, person, sent)
			if answer.Code != http.StatusUnprocessableEntity {
				continue
			}
			out[strings.TrimPrefix(action, path)] = true
			b.givesBack(answer, action, sent, bad.AttrOr("name", ""))
		}
	}
	return out
}

// sends sends a form as a browser does.
func (b *bench) sends(form *goquery.Selection, action, person string, sent url.Values) *httptest.ResponseRecorder {
	b.t.Helper()
	if form.AttrOr("enctype", "") == "" {
		return b.post(action, b.as(person), sent)
	}
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for name := range sent {
		if err := parts.WriteField(name, sent.Get(name)); err != nil {
			b.t.Fatal(err)
		}
	}
	if err := parts.Close(); err != nil {
		b.t.Fatal(err)
	}
	return b.ask("POST", action, b.as(person), &body, "Content-Type", parts.FormDataContentType())
}

// givesBack fails where the form of an address has something else in a field than was sent, on the page that refuses it.
func (b *bench) givesBack(answer *httptest.ResponseRecorder, action string, sent url.Values, bad string) {
	b.t.Helper()
	doc, err := goquery.NewDocumentFromReader(answer.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	var missing []string
	for _, form := range doc.Find(`form[method="post"]`).EachIter() {
		if form.AttrOr("action", action) != action {
			continue
		}
		var lost []string
		for name := range sent {
			field := form.Find(`[name="` + name + `"]`).Not("button")
			if !typed(field) || name == bad {
				continue
			}
			had := field.AttrOr("value", "")
			switch kind := field.AttrOr("type", "text"); {
			case field.Is("textarea"):
				had = field.Text()
			case field.Is("select"):
				chosen := field.Find("option[selected]")
				had = chosen.AttrOr("value", chosen.Text())
			case kind == "radio" || kind == "checkbox":
				had = form.Find(`[name="`+name+`"][checked]`).AttrOr("value", "")
			}
			if had != sent.Get(name) {
				lost = append(lost, name+": "+had)
			}
		}
		if len(lost) == 0 {
			return
		}
		missing = append(missing, strings.Join(lost, ", "))
	}
	b.t.Errorf("%s, with something wrong in %s, has %q", action, bad, missing)
}

// Whoever is told that something is wrong with a form finds everything in it that they typed.
func TestEveryRefusedFormGivesBackWhatWasTyped(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes releases")
	}
	b := newBench(t, testSite)
	fields, _ := b.inTwoDays()
	ready, review := b.approved(fields...), b.draftFile("editor", strings.ReplaceAll(corrected, "2027", "2026"))
	began := b.sendFile("editor", withErrors)
	notice := noticePath(review, "kent-yj2025-2026")
	b.wants(b.post("/announcements", b.as("publisher"), url.Values{"title_en": {"Inspections"}, "title_cy": {"Arolygiadau"},
		"expected": {b.Now().AddDate(1, 0, 0).Format("2006-01")}}), http.StatusSeeOther)
	entries, err := b.Register.Journal()
	if err != nil {
		t.Fatal(err)
	}
	announced := register.AnnouncedIn(entries)[0].Seq
	invited := b.post(publicationPath(ready)+"/replies", b.as("publisher"), url.Values{"inspection": {"essex-yj2025-2027"},
		"contact": {"Head of service"}, "until": {b.Now().AddDate(0, 0, 1).Format(time.DateOnly)}})
	b.wants(invited, http.StatusOK)
	link := replyLink.FindStringSubmatch(invited.Body.String())[1]
	for _, page := range []struct {
		path, person string
		refused      []string // the forms that can be, by what their address has after the page's
	}{
		{"/send", "editor", []string{""}},
		{publicationPath(began), "editor", []string{"/file", "/comment"}},
		{publicationPath(ready), "publisher", []string{"/publish", "/replies", "/plan", "/ask", "/comment"}},
		{publicationPath(review), "approver", []string{"/back", "/comment"}},
		{notice, "editor", []string{""}},
		{"/announcements", "publisher", []string{"", "/" + strconv.Itoa(announced)}},
		{"/withdrawals", "editor", []string{""}},
		{"/people", "administrator", []string{""}},
		{"/plan/2027", "analyst", []string{""}},
		{link, "", []string{""}},
	} {
		refused := b.refusals(page.path, page.person)
		for _, action := range page.refused {
			if !refused[action] {
				t.Errorf("%s: no form of %q was refused, but %v", page.path, action, refused)
			}
		}
	}
	answered := b.post(link, nil, url.Values{"response": {"We welcome this."}, "row-overall": {"It should be higher."}})
	b.wants(answered, http.StatusOK)
	reply := "/replies/" + b.replies(ready)[0].Key
	refused := b.refusals(publicationPath(ready), "publisher")
	for _, action := range []string{reply + "/remarks", reply + "/response"} {
		if !refused[action] {
			t.Errorf("no form of %q was refused, but %v", action, refused)
		}
	}
}

// A recovery code that was wrong is not given back: it may be right but for a letter.
func TestACodeIsNotGivenBack(t *testing.T) {
	b := newBench(t, testSite)
	w := b.post("/sign-in/code", nil, url.Values{"name": {"editor"}, "code": {"WRONG-CODE"}})
	b.wants(w, http.StatusUnprocessableEntity, `value="editor"`)
	if strings.Contains(w.Body.String(), "WRONG-CODE") {
		t.Errorf("the page has the code:\n%s", mainOf(w))
	}
}
