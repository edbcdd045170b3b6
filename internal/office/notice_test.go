package office

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/duck/ducktest"
	"yardstick/dashboards/i18n"
	"yardstick/data/register"
	"yardstick/internal/office/docx"
)

// The expected values are those of the notices that the inspectorate issued: Leicestershire & Rutland on 13 June 2012,
// Leicester City and Lewisham in 2016.
func TestNoticesSayWhatTheirOriginalsPrinted(t *testing.T) {
	p, err := newPages()
	if err != nil {
		t.Fatal(err)
	}
	s := ducktest.Shipped(t)
	v, err := p.notice("en", s, "leicestershire-and-rutland-cci-2012")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, h := range v.Headlines {
		got = append(got, strings.Join([]string{h.Lowest, h.Highest, h.Average, h.Result, strings.Fields(h.Comment)[0]}, " "))
	}
	slices.Sort(got)
	want := []string{"36% 86% 62% 63% MODERATE", "37% 91% 68% 69% MODERATE", "43% 88% 71% 71% MODERATE"}
	if !slices.Equal(got, want) || v.Computed || v.Published != "13 June 2012" || v.Cases != 62 {
		t.Errorf("%q; computed %v, published %s, %d cases", got, v.Computed, v.Published, v.Cases)
	}
	for id, want := range map[string]map[string]int{
		"leicester-city-fji-2016": {"Satisfactory": 5, "Good": 1},
		"lewisham-fji-2016":       {"Unsatisfactory": 4, "Good": 1},
	} {
		v, err := p.notice("en", s, id)
		if err != nil {
			t.Fatal(err)
		}
		ratings := make(map[string]int)
		for _, h := range v.Headlines {
			ratings[h.Result]++
		}
		if fmt.Sprint(ratings) != fmt.Sprint(want) || v.Ranged {
			t.Errorf("%s: %v, want %v; ranged %v", id, ratings, want, v.Ranged)
		}
		if len(v.Parts) == 0 || v.Parts[0].Heading != "office.notice.reason" || len(v.Sources) == 0 {
			t.Errorf("%s: %+v", id, v.Parts)
		}
	}
	london, err := p.moment("en", time.Date(2012, 6, 12, 23, 1, 0, 0, time.UTC))
	if err != nil || london != "Wednesday 13 June 2012, 00:01 BST" {
		t.Errorf("EMBARGOED UNTIL %s, %v", london, err)
	}
}

// Everything that the record took from the three notices is in their drafts, in both languages.
func TestDraftsHaveEveryFactOfTheirOriginals(t *testing.T) {
	p, err := newPages()
	if err != nil {
		t.Fatal(err)
	}
	s := ducktest.Shipped(t)
	for id, kinds := range map[string][]analytics.FindingKind{
		"leicestershire-and-rutland-cci-2012": {analytics.FindingReason, analytics.FindingRecommendation,
			analytics.FindingPlan, analytics.FindingArrangement, analytics.FindingLimit},
		"leicester-city-fji-2016": nil, "lewisham-fji-2016": nil,
	} {
		facts := 0
		for _, tag := range i18n.Languages() {
			v, err := p.notice(tag, s, id)
			if err != nil {
				t.Fatal(err)
			}
			words, err := p.drafted(tag, v)
			if err != nil {
				t.Fatal(err)
			}
			text := words.Body + words.Notes
			for _, f := range s.FindingsOf(id) {
				if kinds != nil && !slices.Contains(kinds, f.Kind) {
					continue // of the report, which has 200 of them
				}
				facts++
				if said := strings.TrimSuffix(f.Text.In(tag), "."); !strings.Contains(text, said) {
					t.Errorf("%s: %s: %s %d: the draft does not say %q", id, tag, f.Kind, f.Position, said)
				}
			}
		}
		if facts < 30 {
			t.Errorf("%s: %d facts", id, facts)
		}
	}
}

// A notice is edited, approved by somebody else for exactly its figures, and leaves as a file that says whether it is.
func TestANoticeIsWordedAndApproved(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	b := newBench(t, testSite)
	if err := os.WriteFile(filepath.Join(b.Register.Home, register.SettingsFile),
		[]byte("public_site: https://y.example\npress_contact: Press office, 020 7946 0000\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	fields, _ := b.inTwoDays()
	id := b.draftFile("editor", corrected, fields...)
	path := noticePath(id, "kent-yj2025-2027")
	b.wants(b.get(path, b.as("editor")), http.StatusOK, "DRAFT from the record alone",
		publicationPath(id)+"/preview/inspections/kent-yj2025-2027#result-overall", "Press office, 020 7946 0000")
	words := url.Values{"title-en": {"Kent has work to do"}, "title-cy": {"Gwaith i'w wneud yng Nghaint"},
		"body-en": {"Rated [Requires improvement](#result-overall).\r\n\r\n## What follows\r\n- <b>One</b>\r\n- Two"},
		"body-cy": {"Angen gwella."}, "notes-en": {"The report is public."}, "notes-cy": {"Mae'r adroddiad yn gyhoeddus."}}
	b.wants(b.post(path, b.as("editor"), url.Values{"title-en": {"Kent"}}), http.StatusUnprocessableEntity,
		"Enter a title", "Enter a text")
	b.wants(b.post(path, b.as("editor"), words), http.StatusSeeOther)
	b.wants(b.post(path, b.as("editor"), words), http.StatusUnprocessableEntity, "changed since you opened")
	page := b.get(path, b.as("approver"))
	b.wants(page, http.StatusOK, "Kent has work to do", "DRAFT by editor", "&lt;b&gt;One&lt;/b&gt;")
	b.wants(b.get("/cy"+path, b.as("approver")), http.StatusOK, "yng Nghaint", "Angen gwella.")

	entries, err := b.Register.Journal()
	if err != nil {
		t.Fatal(err)
	}
	last := entries[len(entries)-1]
	if last.Act != register.ActNotice || last.By != "editor" || !last.Draft {
		t.Fatalf("the journal says %v", last)
	}
	approve, seen := path+"/approve", url.Values{"seen": {last.Hash}}
	about := "notice kent-yj2025-2027 " + last.Hash
	b.wants(b.post(approve, b.as("approver"), seen), http.StatusUnprocessableEntity, "passkey")
	b.wants(b.post(approve, b.touching("approver", about), url.Values{"seen": {"x"}}), http.StatusUnprocessableEntity)
	if err := b.Store.SetRoles(t.Context(), "editor", []string{"editor", "approver"}); err != nil {
		t.Fatal(err)
	}
	b.wants(b.post(approve, b.touching("editor", about), seen), http.StatusForbidden) // who worded it
	b.wants(b.get(path+"/html", b.as("approver")), http.StatusOK, "DRAFT by editor")
	b.wants(b.post(approve, b.touching("approver", about), seen), http.StatusSeeOther)
	b.wants(b.get(path, b.as("publisher")), http.StatusOK, "Approved by approver")

	html := b.get(path+"/html", b.as("publisher"))
	b.wants(html, http.StatusOK, "EMBARGOED UNTIL", "https://y.example/inspections/kent-yj2025-2027#result-overall")
	if text := html.Body.String(); strings.Contains(text, "DRAFT") || strings.Contains(text, "localhost") ||
		strings.Contains(text, "/preview/") {
		t.Errorf("the file says %s", text)
	}
	word := b.get(path+"/docx", b.as("publisher"))
	b.wants(word, http.StatusOK)
	if !strings.HasPrefix(word.Body.String(), "PK") || word.Header().Get("Content-Type") != docx.Type {
		t.Errorf("%s", word.Header())
	}
	b.wants(b.get(path+"/odt", b.as("publisher")), http.StatusNotFound)
	b.wants(b.get(path+"/pdf", b.as("publisher")), http.StatusUnprocessableEntity, "no Chromium")
	b.wants(b.get(noticePath(id, "leeds-yj2018-2019"), b.as("publisher")), http.StatusNotFound) // not of this file

	// another figure: the words are kept, and say that they are out of date
	b.wants(b.post(publicationPath(id)+"/back", b.as("approver"),
		url.Values{"hash": {b.at(id).Hash}, "why": {"misread"}}), http.StatusSeeOther)
	b.wants(b.upload(publicationPath(id)+"/file", b.as("editor"), "r.csv",
		strings.Replace(corrected, "requires_improvement", "inadequate", 1), fields...), http.StatusSeeOther)
	b.wants(b.post(publicationPath(id)+"/draft", b.as("editor"), url.Values{"hash": {b.at(id).Hash}}), http.StatusSeeOther)
	b.wants(b.get(path, b.as("approver")), http.StatusOK, "OUT OF DATE", "Kent has work to do", ">Inadequate<")
	b.wants(b.get(path+"/html", b.as("approver")), http.StatusOK, "OUT OF DATE")
	b.wants(b.post(approve, b.touching("approver", about), seen), http.StatusUnprocessableEntity)
}

// Chromium prints a notice as a PDF of one page or more.
func TestANoticeIsPrinted(t *testing.T) {
	b := newBench(t, testSite)
	if b.Browser = FindBrowser(); b.Browser == "" || testing.Short() {
		t.Skip("it needs a browser")
	}
	id := b.draftFile("editor", corrected)
	w := b.get(noticePath(id, "kent-yj2025-2027")+"/pdf", b.as("editor"))
	b.wants(w, http.StatusOK)
	if text := w.Body.String(); !strings.HasPrefix(text, "%PDF-") || !strings.Contains(text, "/StructTreeRoot") {
		t.Errorf("%.100q is no tagged PDF", text)
	}
	left, err := filepath.Glob(filepath.Join(b.Folder, "print-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("%q are left, %v", left, err)
	}
}

// Every inspection of the record has a notice in both languages, which says what the findings of its report say.
func TestEveryInspectionHasANotice(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	p, err := newPages()
	if err != nil {
		t.Fatal(err)
	}
	s := ducktest.Shipped(t)
	for _, i := range s.Inspections() {
		for _, tag := range i18n.Languages() {
			v, err := p.notice(tag, s, i.ID)
			if err != nil {
				t.Fatalf("%s: %s: %v", i.ID, tag, err)
			}
			reasons := slices.DeleteFunc(slices.Clone(s.FindingsOf(i.ID)),
				func(f analytics.Finding) bool { return f.Kind != analytics.FindingReason })
			if len(reasons) > 0 && !strings.HasPrefix(v.Parts[0].Items[0],
				strings.TrimSuffix(reasons[0].Text.In(tag), ".")) {
				t.Errorf("%s: %s: %q", i.ID, tag, v.Parts[0].Items)
			}
		}
	}
}

// The notice of what is under embargo says until when, and is there for those who see the publication.
func TestNoticeOfAPublication(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	b := newBench(t, testSite)
	fields, moment := b.inTwoDays()
	id := b.draftFile("editor", corrected, fields...)
	said, err := b.pages.moment("en", moment)
	if err != nil {
		t.Fatal(err)
	}
	path := publicationPath(id) + "/notice/kent-yj2025-2027"
	b.wants(b.get(path, b.as("approver")), http.StatusOK, "EMBARGOED UNTIL "+said, "Kent: inspection",
		"Requires improvement", "13 May 2027", "DRAFT")
	b.wants(b.get("/cy"+path, b.as("approver")), http.StatusOK, "DAN EMBARGO TAN", "arolygiad o waith")
	b.wants(b.get(publicationPath(id)+"/notice/nowhere", b.as("approver")), http.StatusNotFound)
	if err := b.Store.PutReader(t.Context(), id, "reader", b.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	b.wants(b.get(path, b.as("reader")), http.StatusNotFound)
}
