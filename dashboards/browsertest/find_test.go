package browsertest

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// combobox is what the search tells assistive technology, and where the window is.
type combobox struct {
	Role, Expanded, Controls, Active, Selected, Status, Path string
	Options                                                  []string
	Focused                                                  bool
}

const comboboxProbe = `(() => {
	const box = document.querySelector('#q'), list = document.querySelector('#q-list');
	const options = list.hidden ? [] : [...list.querySelectorAll('[role="option"]')];
	return { Role: box.getAttribute('role') || '', Expanded: box.getAttribute('aria-expanded') || '', Controls: box.getAttribute('aria-controls') || '',
		Active: box.getAttribute('aria-activedescendant') || '', Selected: options.filter((o) => o.getAttribute('aria-selected') === 'true').map((o) => o.id).join(' '),
		Status: document.querySelector('#q-status').textContent, Path: location.pathname, Focused: document.activeElement === box,
		Options: options.map((o) => o.textContent) };
})()`

// looked is the search as it stands.
func (b *tab) looked() combobox {
	b.t.Helper()
	var c combobox
	b.evaluate("look at the search", comboboxProbe, &c)
	return c
}

// typed types into the search and waits for its suggestions.
func (b *tab) typed(text string) combobox {
	b.t.Helper()
	b.do("type "+text, chromedp.Focus("#q"), chromedp.SendKeys("#q", text), chromedp.WaitVisible("#q-list li"))
	return b.looked()
}

// arrives waits until the window has left for an address of the site.
func (b *tab) arrives(path string) {
	b.t.Helper()
	var at string
	for strings.TrimPrefix(at, origin) != path {
		if err := chromedp.Run(b.ctx, chromedp.Location(&at)); err != nil {
			b.t.Fatalf("at %s, not at %s: %v", at, path, err)
		}
	}
}

func TestSearchByKeyboard(t *testing.T) {
	for _, c := range []struct {
		language, at, typed, option, status, leads string
		width                                      int
	}{
		{"en", "/", "rutl", "Leicestershire and Rutland includes Rutland", "1 area found.",
			"/areas/leicestershire-and-rutland", widths[0]},
		{"cy", "/cy/methodology", "caerd", "Caerdydd", "Cafwyd hyd i 1 ardal.", "/cy/areas/cardiff", widths[1]},
	} {
		t.Run(c.language, func(t *testing.T) {
			b := newTab(t, c.width)
			b.open(origin + c.at)
			if s := b.looked(); s.Role != "combobox" || s.Expanded != "false" || s.Controls != "q-list" {
				t.Errorf("before anything is typed: %+v", s)
			}
			s := b.typed(c.typed)
			if s.Expanded != "true" || s.Active != "" || len(s.Options) != 1 || s.Options[0] != c.option ||
				s.Status != c.status {
				t.Errorf("typed %q: %+v", c.typed, s)
			}
			b.do("down", chromedp.KeyEvent(kb.ArrowDown))
			if s = b.looked(); s.Active != "q-list-0" || s.Selected != s.Active || !s.Focused {
				t.Errorf("after the down arrow: %+v", s)
			}
			b.do("down", chromedp.KeyEvent(kb.ArrowDown))
			if s = b.looked(); s.Active != "" || s.Selected != "" || s.Expanded != "true" {
				t.Errorf("after the last option comes the box: %+v", s)
			}
			b.do("escape", chromedp.KeyEvent(kb.Escape))
			if s = b.looked(); s.Expanded != "false" || len(s.Options) > 0 || !s.Focused || s.Path != c.at {
				t.Errorf("after Escape: %+v", s)
			}
			b.do("open, choose and go", chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown),
				chromedp.KeyEvent(kb.Enter))
			b.arrives(c.leads)
			for _, complaint := range b.complaints {
				t.Error(complaint)
			}
		})
	}
}

// With its list open the search breaks no rule of axe-core.
func TestOpenSearchPassesAxe(t *testing.T) {
	source, err := os.ReadFile(axeFile)
	if err != nil {
		t.Fatal(err)
	}
	b := newTab(t, widths[0])
	b.do("set the content policy aside", page.SetBypassCSP(true)) // for axe-core alone
	b.open(origin + "/methodology")
	b.evaluate("load axe-core", string(source), nil)
	b.typed("north")
	b.do("down", chromedp.KeyEvent(kb.ArrowDown))
	var found struct {
		Rules      []string
		Violations []struct{ Rule, Impact, Help, Selector, Summary string }
	}
	b.ask("axe", &found)
	for _, x := range found.Violations {
		t.Errorf("%s (%s, %s) at %s: %s", x.Help, x.Rule, x.Impact, x.Selector, x.Summary)
	}
	if s := b.looked(); len(found.Rules) == 0 || s.Expanded != "true" || s.Active == "" {
		t.Errorf("%d rules were tried on %+v", len(found.Rules), s)
	}
}

// The map is one stop for the Tab key; arrow keys go to the tile that stands there, whatever the layout, and Enter
// opens it.
func TestMapByKeyboard(t *testing.T) {
	for language, prefix := range map[string]string{"en": "", "cy": "/cy"} {
		t.Run(language, func(t *testing.T) {
			b := newTab(t, widths[0])
			b.open(origin + prefix + "/map")
			var stops int
			b.evaluate("stops", `document.querySelectorAll('[data-map] a[tabindex="0"]').length`, &stops)
			if stops != 1 {
				t.Fatalf("the map has %d stops", stops)
			}
			const here = `document.activeElement.querySelector('.ys-tile__label').textContent`
			b.do("focus Birmingham",
				chromedp.Evaluate(`document.querySelector('[data-map] a[href$="/areas/birmingham"]').focus()`, nil))
			for _, step := range []struct{ name, key, want string }{
				{"right", kb.ArrowRight, "DER"}, {"right", kb.ArrowRight, "LEI"}, {"down", kb.ArrowDown, "NHA"},
				{"left", kb.ArrowLeft, "COV"}, {"up", kb.ArrowUp, "DER"},
				{"right", kb.ArrowRight, "LEI"},
			} {
				var at string
				b.do(step.name, chromedp.KeyEvent(step.key))
				b.evaluate("tile", here, &at)
				if at != step.want {
					t.Fatalf("%s leads to %s, want %s", step.name, at, step.want)
				}
			}
			var shown, hidden float64
			const width = `document.activeElement.querySelector('.ys-tile__name').getBoundingClientRect().width`
			b.evaluate("its name", width, &shown)
			b.do("escape", chromedp.KeyEvent(kb.Escape))
			b.evaluate("its name", width, &hidden)
			if shown < 40 || hidden > 2 {
				t.Errorf("the name of the tile is %.0f wide, and %.0f after Escape", shown, hidden)
			}
			b.do("open", chromedp.KeyEvent(kb.Enter))
			b.arrives(prefix + "/areas/leicester-city")
		})
	}
}

// Without scripts the search is a form that leads to the area, or to what it may have meant.
func TestSearchWithoutScripts(t *testing.T) {
	b := newTab(t, widths[1])
	b.do("turn scripts off", emulation.SetScriptExecutionDisabled(true))
	for typed, leads := range map[string]string{"Rutland": "/areas/leicestershire-and-rutland", "cumb": "/areas?q=cumb"} {
		b.do("open", chromedp.Navigate(origin+"/trends"))
		b.do("search "+typed, chromedp.SendKeys("#q", typed+kb.Enter))
		b.arrives(leads)
	}
}
