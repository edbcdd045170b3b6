package browsertest

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// patience is how long one tab may take for all that is done in it: seconds, but for a machine that does much else.
const patience = 90 * time.Second

const height = 900 // CSS pixels of a window; pages are as long as they are

//go:embed probes
var probes embed.FS

// tab is the hold of one test on a window of the browser: what it sets and turns on ends with it.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu         sync.Mutex
	complaints []string
}

// windows are open and with no one: opening one takes longer than most of what is done in it.
var windows struct {
	sync.Mutex
	idle []target.ID
}

// newTab takes a window of this width and listens for everything the browser has to complain of.
func newTab(t *testing.T, width int) *tab {
	t.Helper()
	id, err := takeWindow()
	if err != nil {
		t.Fatalf("open a window: %v", err)
	}
	ctx, end := chromedp.NewContext(browser, chromedp.WithTargetID(id))
	ctx, cancel := context.WithTimeout(ctx, patience)
	b := &tab{t: t, ctx: ctx}
	t.Cleanup(func() {
		// The site's smallest answer keeps the window in the site's process and has nothing to complain of.
		if err := chromedp.Run(ctx, chromedp.Navigate(origin+"/healthz")); err == nil {
			chromedp.FromContext(ctx).Target.TargetID = "" // what it does not know it does not close
			defer leaveWindow(id)
		}
		cancel()
		end()
	})
	b.do("take a window") // before listening: what it has kept is of another test
	chromedp.ListenTarget(ctx, b.hear)
	b.do("listen", audits.Enable(), network.Enable(),
		emulation.SetFocusEmulationEnabled(true)) // a window has focus whatever other windows do
	b.resize(width)
	return b
}

// takeWindow is an idle window, or a new one in a browser context of its own. It is a window and not a tab of one,
// since a tab in the background is not painted.
func takeWindow() (target.ID, error) {
	windows.Lock()
	defer windows.Unlock()
	if n := len(windows.idle); n > 0 {
		id := windows.idle[n-1]
		windows.idle = windows.idle[:n-1]
		return id, nil
	}
	ctx := cdp.WithExecutor(browser, chromedp.FromContext(browser).Browser)
	owner, err := target.CreateBrowserContext().Do(ctx)
	if err != nil {
		return "", err
	}
	return target.CreateTarget("about:blank").WithNewWindow(true).WithBrowserContextID(owner).Do(ctx)
}

func leaveWindow(id target.ID) {
	windows.Lock()
	defer windows.Unlock()
	windows.idle = append(windows.idle, id)
}

// resize gives the window another width in CSS pixels; a narrow one is that of a phone.
func (b *tab) resize(width int) {
	b.t.Helper()
	const phone = 600
	b.do("resize", emulation.SetDeviceMetricsOverride(int64(width), height, 1, width < phone))
}

// do runs actions in the tab; the test ends where one fails.
func (b *tab) do(what string, actions ...chromedp.Action) {
	b.t.Helper()
	if err := chromedp.Run(b.ctx, actions...); err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
}

// open leads the tab to an address and waits until the page has loaded and drawn its charts.
func (b *tab) open(address string) {
	b.t.Helper()
	b.do("open "+address, chromedp.Navigate(address))
	b.ask("settle", nil)
}

// expression is a probe with what all of them need before it.
func (b *tab) expression(probe string) string {
	b.t.Helper()
	common, err := probes.ReadFile("probes/common.js")
	if err != nil {
		b.t.Fatal(err)
	}
	asked, err := probes.ReadFile("probes/" + probe + ".js")
	if err != nil {
		b.t.Fatal(err)
	}
	return "(() => {\n" + string(common) + "\nreturn (\n" + string(asked) + "\n);\n})()"
}

// awaited makes an evaluation wait for what it promises.
func awaited(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

// ask evaluates a probe in the page, waits for what it promises, and decodes that into answer unless it is nil.
func (b *tab) ask(probe string, answer any) {
	b.t.Helper()
	b.evaluate(probe, b.expression(probe), answer)
}

// evaluate is ask for an expression that is not kept as a probe.
func (b *tab) evaluate(what, expression string, answer any) {
	b.t.Helper()
	var raw []byte
	b.do(what, chromedp.Evaluate(expression, &raw, awaited))
	if answer == nil {
		return
	}
	if err := json.Unmarshal(raw, answer); err != nil {
		b.t.Fatalf("%s: %v in %.200s", what, err, raw)
	}
}

// complained is what the browser has complained of so far.
func (b *tab) complained() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.complaints...)
}

// hear keeps errors, breaches of the content policy at any level, issues of the developer tools, and requests that
// leave the site.
func (b *tab) hear(event any) {
	complain := func(format string, values ...any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.complaints = append(b.complaints, fmt.Sprintf(format, values...))
	}
	switch e := event.(type) {
	case *log.EventEntryAdded:
		entry := e.Entry
		bad := entry.Level == log.LevelError || entry.Source == log.SourceSecurity || entry.Source == log.SourceViolation ||
			strings.Contains(entry.Text, "Content Security Policy")
		if bad {
			complain("%s %s: %s (%s)", entry.Source, entry.Level, entry.Text, entry.URL)
		}
	case *runtime.EventExceptionThrown:
		complain("exception: %s", e.ExceptionDetails.Error())
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.APITypeError || e.Type == runtime.APITypeAssert || e.Type == runtime.APITypeWarning {
			var words []string
			for _, argument := range e.Args {
				words = append(words, string(argument.Value)+argument.Description)
			}
			complain("console.%s: %s", e.Type, strings.Join(words, " "))
		}
	case *audits.EventIssueAdded:
		details, err := json.Marshal(e.Issue.Details)
		if err != nil {
			details = []byte(err.Error())
		}
		complain("issue %s: %s", e.Issue.Code, details)
	case *network.EventRequestWillBeSent:
		address := e.Request.URL
		if !strings.HasPrefix(address, origin+"/") && !strings.HasPrefix(address, "data:") && address != "about:blank" {
			complain("request to another host: %s", address)
		}
	}
}
