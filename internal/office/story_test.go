package office

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// A correction of what `corrected` says of Kent, with its reason.
const correction = sheetHeader +
	"Kent,yj2025,2027-05-13,overall,good,,https://example.test/kent,Kent notice (synthetic)\n"

// pictured keeps a picture of the page that a seat has open, wide and narrow, in both languages, where
// YARDSTICK_SCREENSHOTS names a folder: for people to look at.
func (s *seat) pictured(name string) {
	s.b.t.Helper()
	folder := os.Getenv("YARDSTICK_SCREENSHOTS")
	if folder == "" {
		return
	}
	var at string
	s.do("read the address", chromedp.Location(&at))
	path := strings.TrimPrefix(at, s.b.Site)
	for prefix, tag := range map[string]string{"": "en", "/cy": "cy"} {
		if strings.Contains(path, "/preview") && prefix != "" {
			continue
		}
		s.opens(prefix + path)
		for _, width := range []int64{1280, 375} {
			var picture []byte
			s.do("take a picture", chromedp.EmulateViewport(width, 1000),
				emulation.SetDeviceMetricsOverride(width, 1000, 1, width < 500), chromedp.FullScreenshot(&picture, 100))
			file := filepath.Join(folder, fmt.Sprintf("%s-%s-%d.png", name, tag, width))
			if err := os.WriteFile(file, picture, 0o600); err != nil {
				s.b.t.Error(err)
			}
		}
	}
	s.do("take a wide window", chromedp.EmulateViewport(1280, 1000))
	s.opens(path)
}

// fills writes a text into a field, in the place of what it has.
func fills(field, text string) chromedp.Action {
	return chromedp.SetValue("#"+field, text, chromedp.ByQuery)
}

// writes sends a file by the form of a page.
func (s *seat) writes(name, content string) chromedp.Action {
	s.b.t.Helper()
	path := filepath.Join(s.b.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		s.b.t.Fatal(err)
	}
	return chromedp.SetUploadFiles("#file", []string{path}, chromedp.ByQuery)
}

// accepts gives a reason for every open check.
func (s *seat) accepts() {
	s.b.t.Helper()
	s.do("say why", chromedp.Evaluate(`document.querySelectorAll('[data-accepted]').forEach((one) => {
		one.value = 'agreed with the chief inspector';
	})`, nil))
}

// Two people take a spreadsheet with four mistakes through all that an office does, in their browsers: corrected,
// handed in, previewed, answered by the service, told in a press notice, approved, published; then corrected and
// withdrawn. docs/figures.md has how long that took.
func TestTwoPeopleInTheirBrowsers(t *testing.T) {
	b, browser := serving(t)
	for _, name := range []string{"Edith", "Ada"} {
		if err := b.Store.AddPerson(t.Context(), name, []string{"editor", "approver", "publisher"}); err != nil {
			t.Fatal(err)
		}
	}
	edith, ada, service := b.sit(browser, "Edith"), b.sit(browser, "Ada"), b.sit(browser, "service")
	for _, s := range []*seat{edith, ada} {
		token, err := b.Store.NewLink(t.Context(), s.name)
		if err != nil {
			t.Fatal(err)
		}
		s.opens(strings.TrimPrefix(b.Link(token), b.Site))
		s.pictured("join")
		s.leads("continue", chromedp.Click("main form button", chromedp.ByQuery))
		s.pictured("passkeys-first")
		s.wants(s.leads("add a passkey", chromedp.Click(`[data-passkey="enrol"]`, chromedp.ByQuery)), "Recovery codes")
		s.pictured("passkeys")
	}
	for _, page := range []string{"", "publications", "announcements", "withdrawals", "desk", "plan", "brief"} {
		edith.opens("/" + page)
		edith.pictured("empty-" + page)
	}
	begun := time.Now()

	edith.opens("/send")
	edith.pictured("send")
	text := edith.leads("send", edith.writes("inspections.csv", withErrors),
		chromedp.Click("#when-none", chromedp.ByQuery), chromedp.Click("main form button", chromedp.ByQuery))
	edith.wants(text, "Errors: 4")
	edith.pictured("errors")
	edith.wants(edith.leads("send again", edith.writes("inspections.csv", corrected),
		chromedp.Click(`[data-do="replace"]`, chromedp.ByQuery)), "Added 3, changed 0")
	edith.pictured("checked")
	edith.wants(edith.clicks("draft"), "The register has the file as a draft")
	edith.pictured("draft-mine")
	path := publicationPath(1)

	ada.opens("/")
	ada.pictured("home-waiting")
	ada.opens(path)
	ada.pictured("review")
	ada.opens(path + "/preview/inspections/kent-yj2025-2027")
	ada.pictured("preview")
	ada.opens("/announcements")
	ada.wants(ada.leads("announce", fills("title_en", "Three inspections of May"),
		fills("title_cy", "Tri arolygiad mis Mai"),
		fills("areas", "Essex, Kent, Leeds"), fills("expected", b.Now().AddDate(0, 1, 0).Format("2006-01")),
		chromedp.Click(`[data-do="announce"]`, chromedp.ByQuery)), "Readers see it now")
	ada.pictured("announcements")
	ada.opens(path)
	ada.clicks("tie")
	text = ada.leads("invite", chromedp.SetValue("#reply-inspection", "kent-yj2025-2027", chromedp.ByQuery),
		fills("contact", "Head of service"), fills("until", b.Now().AddDate(0, 0, 7).Format(time.DateOnly)),
		chromedp.Click(`[data-do="invite"]`, chromedp.ByQuery))
	ada.wants(text, "Link for Head of service")
	var link string
	ada.do("read the link", chromedp.Text("[data-link]", &link, chromedp.ByQuery))
	service.opens(strings.TrimPrefix(link, b.Site))
	service.pictured("reply")
	text = service.leads("answer", fills("row-overall", "It should be good."), fills("response", "We welcome the report."),
		chromedp.Click(`[data-do="answer"]`, chromedp.ByQuery))
	service.wants(text, "Your answer is received")

	ada.opens(path)
	ada.pictured("answered")
	key := b.replies(1)[0].Key
	ada.wants(ada.leads("decide", chromedp.SetValue("#outcome-"+key+"-0", "refused", chromedp.ByQuery),
		fills("why-"+key+"-0", "the evidence was checked"), chromedp.Click(`[data-do="remarks"]`, chromedp.ByQuery)),
		"outcomes are saved")
	ada.wants(ada.leads("hand the response in", fills("text_cy-"+key, "Rydym yn croesawu'r adroddiad."),
		fills("source_url-"+key, "https://example.test/kent/response"),
		chromedp.Click(`[data-do="respond"]`, chromedp.ByQuery)),
		"goes with this publication")
	edith.opens(publicationPath(2))
	edith.pictured("companion")
	edith.wants(edith.clicks("approve"), "You approved this content")
	edith.opens(noticePath(1, "kent-yj2025-2027"))
	edith.pictured("notice")
	edith.wants(edith.clicks("word"), "The words are saved")
	ada.opens(noticePath(1, "kent-yj2025-2027"))
	ada.wants(ada.clicks("approve-notice"), "You approved this press notice")
	ada.pictured("notice-approved")
	ada.opens(path)
	ada.wants(ada.clicks("approve"), "You approved this content")
	ada.pictured("approved")
	ada.accepts()
	ada.wants(ada.leads("press publish twice", chromedp.DoubleClick(`[data-do="publish"]`, chromedp.ByQuery)),
		"It is published")
	t.Logf("from upload to publication, with preview, announcement, reply and press notice: %v of scripted clicks",
		time.Since(begun).Round(100*time.Millisecond))
	ada.pictured("published")

	edith.opens("/send")
	text = edith.leads("send the correction", edith.writes("correction.csv", correction),
		fills("why", "a cell was misread"),
		chromedp.Click("#when-none", chromedp.ByQuery), chromedp.Click("main form button", chromedp.ByQuery))
	edith.wants(text, "changed 1", "requires_improvement")
	edith.pictured("correction")
	edith.clicks("draft")
	ada.opens(publicationPath(3))
	ada.clicks("approve")
	edith.opens(publicationPath(3))
	edith.accepts()
	edith.wants(edith.clicks("publish"), "It is published")
	edith.do("open the form", chromedp.Click(`details:has([data-do="ask-withdraw"]) summary`, chromedp.ByQuery))
	edith.wants(edith.leads("ask", fills("withdraw-why", "the report was recalled"),
		chromedp.Click(`[data-do="ask-withdraw"]`, chromedp.ByQuery)), "asked to confirm")
	edith.pictured("asked")
	ada.opens(publicationPath(3))
	ada.pictured("asked-other")
	ada.wants(ada.clicks("confirm-withdraw"), "It is withdrawn")
	ada.pictured("withdrawn")
	t.Logf("with its correction and withdrawal: %v", time.Since(begun).Round(100*time.Millisecond))
	for _, page := range []string{"", "publications", "announcements", "withdrawals", "desk", "plan", "brief", "people"} {
		edith.opens("/" + page)
		edith.pictured("full-" + page)
	}
	ada.opens(publicationPath(3))
	if text := ada.leads("go back", chromedp.NavigateBack()); strings.Contains(text, "Publish now") {
		t.Errorf("back at the page before, it can still be published:\n%s", text)
	}
	edith.opens("/send")
	edith.do("lose the session", network.ClearBrowserCookies())
	text = edith.leads("send without it", edith.writes("large.csv", sheetHeader+strings.Repeat("x,", 1<<20)),
		chromedp.Click("#when-none", chromedp.ByQuery), chromedp.Click("main form button", chromedp.ByQuery))
	edith.wants(text, "Sign in first", "send it again")
	edith.wants(edith.leads("sign in", chromedp.Click("main a", chromedp.ByQuery)), "Sign in with a passkey")
	edith.wants(edith.leads("sign in", chromedp.Click(`[data-passkey="sign-in"]`, chromedp.ByQuery)), "Send a file")
	if i := b.at(1); i.Status != StatusPublished || i.Entry.By != "Edith" || i.Approval.By != "Ada" {
		t.Errorf("the journal says %+v", i)
	}
	if i := b.at(3); i.Status != StatusWithdrawn || i.stillPublic() {
		t.Errorf("the correction is %s", i.Status)
	}
	b.wants(b.get(publicationPath(1), b.as("viewer")), http.StatusNotFound)
	if limit := 5 * time.Minute; os.Getenv("YARDSTICK_SCREENSHOTS") == "" && time.Since(begun) > limit {
		t.Errorf("it took longer than %v", limit)
	}
}
