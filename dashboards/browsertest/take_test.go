package browsertest

import (
	"bytes"
	"context"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

const notice = "/inspections/leicestershire-and-rutland-cci-2012"

// TestPictureIsMade presses the button that makes a PNG of a chart, and looks at what was downloaded.
func TestPictureIsMade(t *testing.T) {
	folder := t.TempDir()
	b := newTab(t, widths[0])
	b.do("allow downloads", chromedp.ActionFunc(func(ctx context.Context) error {
		info, err := target.GetTargetInfo().Do(ctx)
		if err != nil {
			return err
		}
		allow := cdpbrowser.SetDownloadBehavior(cdpbrowser.SetDownloadBehaviorBehaviorAllow).WithBrowserContextID(
			info.BrowserContextID).WithDownloadPath(folder)
		return allow.Do(cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser))
	}))
	b.open(origin + notice)
	b.evaluate("press", `document.querySelector('button[data-png]').click()`, nil)
	var made []string
	for deadline := 0; len(made) == 0 && deadline < 200; deadline++ {
		b.evaluate("wait", `new Promise((done) => setTimeout(done, 50))`, nil)
		made, _ = filepath.Glob(folder + "/yardstick-*.png")
	}
	if len(made) != 1 {
		var said string
		b.evaluate("look", `document.querySelector('button[data-png]').textContent`, &said)
		t.Fatalf("no picture was made; the button says %q: %q", said, b.complained())
	}
	content, err := os.ReadFile(made[0])
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if size := picture.Bounds(); size.Dx() != 1920 || size.Dy() < 600 {
		t.Errorf("the picture is %d by %d", size.Dx(), size.Dy())
	}
	for _, complaint := range b.complained() {
		t.Error(complaint)
	}
}

// TestCopies presses the buttons that copy, and reads what they copied: it is what is shown, with whole addresses.
func TestCopies(t *testing.T) {
	b := newTab(t, widths[0])
	b.open(origin + notice)
	b.evaluate(
		"keep what is copied",
		`(() => { window.copied = []; Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied.push(text); } } }); })()`,
		nil,
	)
	b.evaluate(
		"press",
		`(async () => { for (const button of document.querySelectorAll('button[data-copy]')) { button.click(); await null; } })()`,
		nil,
	)
	var copied []string
	b.evaluate("read", `window.copied`, &copied)
	if len(copied) < 4 {
		t.Fatalf("copied %q", copied)
	}
	for n, text := range copied {
		code := strings.HasPrefix(text, "<iframe ")
		if code && !strings.Contains(text, `src="`+origin+"/r/") || !code && !strings.HasPrefix(text, "Yardstick") {
			t.Errorf("text %d is %q", n, text)
		}
	}
	if long := copied[len(copied)-1]; !strings.Contains(long, origin+"/r/"+snapshot.Release().ID[:12]+notice) {
		t.Errorf("the long citation is %q", long)
	}
	var said string
	b.evaluate("look", `[...document.querySelectorAll('button[data-copy]')].at(-1).textContent`, &said)
	if said != "Copied" {
		t.Errorf("the button says %q", said)
	}
}

// TestTakingWithoutScripts looks at a page whose reader has scripts off: citations and code can be selected, charts
// are drawn by the server and are there as SVG, and it is said that a PNG needs scripts.
func TestTakingWithoutScripts(t *testing.T) {
	b := newTab(t, widths[1])
	b.do("turn scripts off", emulation.SetScriptExecutionDisabled(true))
	b.do("open", chromedp.Navigate(origin+notice))
	var seen struct {
		Buttons, Texts, Images, Told, Drawn int
	}
	b.evaluate("look", `(async () => {
		const charts = [...document.querySelectorAll('.ys-figure__image')];
		charts.forEach((chart) => { chart.loading = 'eager'; });
		await Promise.all(charts.map((chart) => chart.decode()));
		document.querySelectorAll('details').forEach((d) => { d.open = true; });
		const shown = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility()).length;
		return { Buttons: shown('button[data-copy], button[data-png]'), Texts: shown('.ys-cite__text, .ys-take__code'),
			Images: shown('a[href$=".svg"]'), Told: shown('.ys-take__unscripted'),
			Drawn: charts.filter((chart) => chart.checkVisibility() && chart.naturalWidth > 0).length };
	})()`, &seen)
	if seen.Drawn != 2 || seen.Buttons != 0 || seen.Texts != 4 || seen.Images != 2 || seen.Told != 2 {
		t.Errorf("without scripts: %+v", seen)
	}
}
