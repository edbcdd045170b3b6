package office

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	cdpwebauthn "github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// chrome is the browser to use: the one that CHROME names, else one on the path; empty where there is none.
func chrome() string {
	for _, name := range []string{os.Getenv("CHROME"), "chromium", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// serving serves a bench to a browser by the name localhost, and starts the browser.
func serving(t *testing.T) (*bench, context.Context) {
	t.Helper()
	executable := chrome()
	if testing.Short() || executable == "" {
		t.Skip("it needs a browser")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t, "http://localhost:"+port)
	running, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(running, listener, time.Second) }()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(executable),
		chromedp.UserDataDir(filepath.Join(t.TempDir(), "profile")), chromedp.DisableGPU,
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"),
		chromedp.WSURLReadTimeout(time.Minute))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocator, cancel := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), options...)
	browser, _ := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {}))
	if err := chromedp.Run(browser); err != nil {
		cancel()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = chromedp.Cancel(browser) // it ends with the allocator
		cancel()
		stop()
		if err := <-ended; err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	})
	return b, browser
}

// seat is a person at a browser of their own, with an authenticator that always touches.
type seat struct {
	b    *bench
	name string
	ctx  context.Context
}

// patience is how long a person waits for a page.
const patience = 90 * time.Second

func (b *bench) sit(browser context.Context, name string) *seat {
	b.t.Helper()
	whole := cdp.WithExecutor(browser, chromedp.FromContext(browser).Browser)
	owner, err := target.CreateBrowserContext().Do(whole)
	if err != nil {
		b.t.Fatal(err)
	}
	id, err := target.CreateTarget("about:blank").WithNewWindow(true).WithBrowserContextID(owner).Do(whole)
	if err != nil {
		b.t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithTargetID(id))
	b.t.Cleanup(cancel)
	if err := chromedp.Run(ctx); err != nil { // what a tab hears ends with the context that it was first used by
		b.t.Fatal(err)
	}
	s := &seat{b: b, name: name, ctx: ctx}
	s.do("sit", cdpwebauthn.Enable(), chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := cdpwebauthn.AddVirtualAuthenticator(&cdpwebauthn.VirtualAuthenticatorOptions{
			Protocol: cdpwebauthn.AuthenticatorProtocolCtap2, Transport: cdpwebauthn.AuthenticatorTransportInternal,
			HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
		}).Do(ctx)
		return err
	}), emulation.SetFocusEmulationEnabled(true), chromedp.EmulateViewport(1280, 1000))
	return s
}

func (s *seat) do(what string, actions ...chromedp.Action) {
	s.b.t.Helper()
	ctx, cancel := context.WithTimeout(s.ctx, patience)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		var text string
		again, stop := context.WithTimeout(s.ctx, 5*time.Second)
		defer stop()
		_ = chromedp.Run(again, chromedp.Text("main", &text, chromedp.ByQuery)) // to be told, if it can be
		s.b.t.Fatalf("%s: %s: %v\n%s\n%s", s.name, what, err, text, s.b.log.String())
	}
}

// leads does something that leads to another page, and returns its text.
func (s *seat) leads(what string, actions ...chromedp.Action) string {
	s.b.t.Helper()
	ctx, cancel := context.WithTimeout(s.ctx, patience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, actions...); err != nil {
		s.b.t.Fatalf("%s: %s: %v\n%s", s.name, what, err, s.b.log.String())
	}
	return s.text()
}

func (s *seat) text() (text string) {
	s.b.t.Helper()
	s.do("read", chromedp.Text("main", &text, chromedp.ByQuery))
	return text
}

func (s *seat) wants(page string, words ...string) {
	s.b.t.Helper()
	for _, word := range words {
		if !strings.Contains(strings.ToLower(page), strings.ToLower(word)) {
			s.b.t.Fatalf("%s: the page does not say %q:\n%s\n%s", s.name, word, page, s.b.log.String())
		}
	}
}

// enrols opens a one-time link and adds a passkey.
func (s *seat) enrols(link string) {
	s.b.t.Helper()
	s.wants(s.leads("open the link", chromedp.Navigate(link)), "Welcome")
	s.leads("continue", chromedp.Click("main form button", chromedp.ByQuery))
	s.wants(s.leads("add a passkey", chromedp.Click(`[data-passkey="enrol"]`, chromedp.ByQuery)), "Recovery codes")
}

func (s *seat) opens(path string) string {
	s.b.t.Helper()
	return s.leads("open "+path, chromedp.Navigate(s.b.Site+path))
}

// clicks presses a button that does something.
func (s *seat) clicks(does string) string {
	s.b.t.Helper()
	return s.leads(does, chromedp.Click(`[data-do="`+does+`"]`, chromedp.ByQuery))
}

// From a first administrator to a publication: people enrol by links, an editor sends a sheet with mistakes, corrects
// it,
// a second person reads the preview and approves, a third publishes; each confirms with a passkey. Passkeys let them in
// again, and without scripts nothing is decided.
func TestAnOfficeInABrowser(t *testing.T) {
	b, browser := serving(t)
	begun := time.Now()
	token, err := b.Store.NewLink(t.Context(), "administrator")
	if err != nil {
		t.Fatal(err)
	}
	admin := b.sit(browser, "administrator")
	admin.enrols(b.Link(token))
	admin.leads("make codes", chromedp.Click(`form[action="/codes"] button`, chromedp.ByQuery))
	admin.wants(admin.text(), "Write these down now")
	seats := make(map[string]*seat)
	for name, role := range map[string]string{"Edith": "editor", "Ada": "approver", "Petra": "publisher"} {
		admin.opens("/people")
		text := admin.leads("add "+name, chromedp.SendKeys("#name", name, chromedp.ByQuery),
			chromedp.Click(`#role input[value="`+role+`"]`, chromedp.ByQuery),
			chromedp.Click("#role ~ button", chromedp.ByQuery))
		admin.wants(text, "One-time link for "+name)
		var link string
		admin.do("read the link", chromedp.Text("[data-link]", &link, chromedp.ByQuery))
		seats[name] = b.sit(browser, name)
		seats[name].enrols(link)
	}
	edith, ada, petra := seats["Edith"], seats["Ada"], seats["Petra"]
	started := time.Now()

	bad, good := filepath.Join(t.TempDir(), "results.csv"), filepath.Join(t.TempDir(), "results.csv")
	for path, content := range map[string]string{bad: withErrors, good: corrected} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	edith.opens("/send")
	text := edith.leads("send", chromedp.SetUploadFiles("#file", []string{bad}, chromedp.ByQuery),
		chromedp.Click("#when-none", chromedp.ByQuery), chromedp.Click("main form button", chromedp.ByQuery))
	edith.wants(text, "Errors: 4", "Nowhereshire", "2027-13-45", "4O", "not an address")
	text = edith.leads("send again", chromedp.SetUploadFiles("#file", []string{good}, chromedp.ByQuery),
		chromedp.Click(`[data-do="replace"]`, chromedp.ByQuery))
	edith.wants(text, "Added 3, changed 0", "requires_improvement")
	edith.wants(edith.clicks("draft"), "The register has the file as a draft", "in review")

	ada.wants(ada.opens("/"), "Waiting for you", "results.csv")
	ada.wants(ada.leads("open it", chromedp.Click(".office-tasks__name", chromedp.ByQuery)), "Added 3")
	ada.clicks("preview")
	var mark string
	ada.do("read the mark", chromedp.Text(".office-mark", &mark, chromedp.ByQuery))
	ada.wants(mark, "not published", "Ada")
	ada.opens("/publications/1/preview/inspections/kent-yj2025-2027")
	ada.wants(ada.text(), "Kent")
	ada.opens("/publications/1")
	ada.wants(ada.clicks("approve"), "You approved this content")

	petra.opens("/publications/1")
	petra.do("say why", chromedp.Evaluate(`document.querySelectorAll('[data-accepted]').forEach((one) => {
		one.value = 'no embargo was agreed';
	})`, nil))
	petra.wants(petra.clicks("publish"), "It is published")
	if i := b.at(1); i.Status != StatusPublished || i.Entry.By != "Edith" || i.Approval.By != "Ada" ||
		i.Public.By != "Petra" {
		t.Errorf("the journal says %+v", i)
	}
	t.Logf("from upload to publication in %v, with enrolment in %v", time.Since(started), time.Since(begun))

	if text := petra.text(); strings.Contains(text, "did not confirm") {
		t.Errorf("the page says that a touch failed:\n%s", text)
	}
	text = ada.leads("sign out", chromedp.Click(".office-person button", chromedp.ByQuery))
	ada.wants(text, "Sign in")
	ada.wants(ada.leads("sign in", chromedp.Click(`[data-passkey="sign-in"]`, chromedp.ByQuery)), "What to do next")
	b.narrow(edith)
	edith.leads("send one with mistakes", chromedp.Navigate(b.Site+"/send"))
	edith.leads("send", chromedp.SetUploadFiles("#file", []string{bad}, chromedp.ByQuery),
		chromedp.Click("#when-none", chromedp.ByQuery), chromedp.Click("main form button", chromedp.ByQuery))
	edith.accessible("/", "/publications", "/publications/1", "/publications/2", "/send", "/passkeys", "/nothing")
	b.draftFile("editor", strings.ReplaceAll(corrected, "2027", "2026"))
	ada.accessible("/", "/publications/3", "/publications/3/notice/kent-yj2025-2026", "/passkeys")
	if err := b.Store.SetRoles(t.Context(), "Petra", []string{"analyst"}); err != nil {
		t.Fatal(err)
	}
	petra.opens("/desk")
	petra.do("say what for", chromedp.SendKeys("#why", "spring meeting", chromedp.ByQuery))
	petra.wants(petra.clicks("save-run"), "The run is saved", "spring meeting")
	petra.opens("/plan/2027")
	petra.do("choose", chromedp.Click(`#choice input[value="chosen"]`, chromedp.ByQuery),
		chromedp.SendKeys("#why", "custody is high", chromedp.ByQuery))
	petra.wants(petra.leads("save", chromedp.Click(`button[value="choose"]`, chromedp.ByQuery)), "custody is high")
	petra.accessible("/desk", "/plan/2027", "/brief")
	petra.do("take a narrow window", chromedp.EmulateViewport(320, 800))
	petra.fits("/desk", "/plan/2027", "/brief")
	admin.accessible("/people", "/audit")
	admin.do("take a narrow window", chromedp.EmulateViewport(320, 800))
	admin.fits("/people", "/audit", "/cy/audit")
	admin.opens("/")
	admin.leads("sign out", chromedp.Click(".office-person button", chromedp.ByQuery))
	admin.accessible("/sign-in")
}

// signedIn gives a seat's browser a session of a person.
func (s *seat) signedIn(person string) {
	s.b.t.Helper()
	cookie := s.b.as(person)
	s.do("take a session", network.SetCookie(cookie.Name, cookie.Value).WithURL(s.b.Site))
}

// A publisher announces a publication and gives a service a link; the service answers in a browser of its own, and a
// reviewer comments on a row. The pages have no barriers.
func TestAnnouncementAndReplyInABrowser(t *testing.T) {
	b, browser := serving(t)
	id := b.draftFile("editor", corrected)
	petra, service := b.sit(browser, "publisher"), b.sit(browser, "service")
	petra.signedIn("publisher")
	petra.opens("/announcements")
	text := petra.leads("announce", chromedp.SendKeys("#title_en", "Inspections of May", chromedp.ByQuery),
		chromedp.SendKeys("#title_cy", "Arolygiadau Mai", chromedp.ByQuery),
		chromedp.SendKeys("#areas", "Essex, Kent", chromedp.ByQuery),
		chromedp.SendKeys("#expected", b.Now().AddDate(0, 2, 0).Format("2006-01"), chromedp.ByQuery),
		chromedp.Click(`[data-do="announce"]`, chromedp.ByQuery))
	petra.wants(text, "Readers see it now", "Inspections of May")

	path := publicationPath(id)
	petra.opens(path)
	petra.wants(petra.clicks("tie"), "The announcement is saved")
	text = petra.leads("comment on a row", chromedp.Click(`[data-added] input[type="radio"]`, chromedp.ByQuery),
		chromedp.SendKeys("#comment", "Was the sample of 40?", chromedp.ByQuery),
		chromedp.Click(`[data-do="comment"]`, chromedp.ByQuery))
	petra.wants(text, "Was the sample of 40?")
	text = petra.leads("invite", chromedp.SendKeys("#contact", "Head of service", chromedp.ByQuery),
		chromedp.SetValue("#until", b.Now().AddDate(0, 0, 7).Format(time.DateOnly), chromedp.ByQuery),
		chromedp.Click(`[data-do="invite"]`, chromedp.ByQuery))
	petra.wants(text, "Link for Head of service")
	var link string
	petra.do("read the link", chromedp.Text("[data-link]", &link, chromedp.ByQuery))
	link = strings.TrimPrefix(link, b.Site)
	service.accessible(link)
	service.opens(link)
	text = service.leads("answer", chromedp.SendKeys("#row-overall", "It should be higher.", chromedp.ByQuery),
		chromedp.SendKeys("#response", "We welcome the report.", chromedp.ByQuery),
		chromedp.Click(`[data-do="answer"]`, chromedp.ByQuery))
	service.wants(text, "Your answer is received")
	petra.wants(petra.opens(path), "It should be higher.", "We welcome the report.")
	petra.accessible("/", "/announcements", "/withdrawals", path)
}

// accessible looks for barriers on pages, in both languages: axe-core finds none.
func (s *seat) accessible(paths ...string) {
	s.b.t.Helper()
	source, err := os.ReadFile("../../static/node_modules/axe-core/axe.min.js")
	if err != nil {
		s.b.t.Fatalf("axe-core is not installed (make assets installs it): %v", err)
	}
	s.do("set the content policy aside", page.SetBypassCSP(true)) // for axe-core alone: other tests hold pages to it
	for _, prefix := range []string{"", "/cy"} {
		for _, path := range paths {
			s.opens(prefix + path)
			var found struct {
				Passes     int
				Violations []string
			}
			s.do("look for barriers", chromedp.Evaluate(string(source), nil), chromedp.Evaluate(`axe.run().then((all) => ({
				Passes: all.passes.length,
				Violations: all.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.html).join(' ')),
			}))`, &found, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
			if found.Passes == 0 || len(found.Violations) > 0 {
				s.b.t.Errorf("%s%s: %+v", prefix, path, found)
			}
		}
	}
}

// fits says whether pages scroll sideways in the window as it is.
func (s *seat) fits(paths ...string) {
	s.b.t.Helper()
	for _, path := range paths {
		s.opens(path)
		var beyond int
		s.do("measure", chromedp.Evaluate(`document.documentElement.scrollWidth - innerWidth`, &beyond))
		if beyond > 0 {
			s.b.t.Errorf("%s scrolls sideways by %d", path, beyond)
		}
	}
}

// narrow looks at the pages in a narrow window: none scrolls sideways, in either language, and each has one first
// heading.
func (b *bench) narrow(s *seat) {
	b.t.Helper()
	s.do("take a narrow window", chromedp.EmulateViewport(320, 800))
	for _, prefix := range []string{"", "/cy"} {
		for _, path := range []string{"/", "/publications", "/publications/1", "/send", "/passkeys"} {
			s.opens(prefix + path)
			var seen struct {
				Width, Window, Headings int
				Unnamed                 []string
			}
			s.do("measure", chromedp.Evaluate(`(() => ({
				Width: document.documentElement.scrollWidth, Window: innerWidth, Headings: document.querySelectorAll('h1').length,
				Unnamed: [...document.querySelectorAll('main input:not([type=hidden]), main select, main textarea')]
					.filter((one) => one.labels.length === 0).map((one) => one.outerHTML),
			}))()`, &seen))
			if seen.Width > seen.Window || seen.Headings != 1 || len(seen.Unnamed) > 0 {
				b.t.Errorf("%s%s: %+v", prefix, path, seen)
			}
		}
	}
	if name := os.Getenv("YARDSTICK_SCREENSHOTS"); name != "" {
		var picture []byte
		s.do("take a wide window", chromedp.EmulateViewport(1280, 1000))
		s.opens("/publications/1")
		s.do("take a picture", chromedp.FullScreenshot(&picture, 100))
		if err := os.WriteFile(filepath.Join(name, "office.png"), picture, 0o600); err != nil {
			b.t.Error(err)
		}
	}
}
