package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	chosenFirst  = "/compare?with=leicester-city-fji-2016"
	chosenSecond = chosenFirst + "&with=leicestershire-and-rutland-cci-2012"
)

// chooser is what opens the list of those compared.
const chooser = `details:has(#choose) > summary`

// comparison is what the page of a comparison says of those compared, and where the window is.
type comparison struct {
	Chosen  []string // names, in order
	Found   []string // links that add another
	Verdict bool
	Address string
}

// compares is the comparison as it stands.
func (b *tab) compares() comparison {
	b.t.Helper()
	var c comparison
	b.evaluate("look at the comparison", `(() => {
		const texts = (selector) => [...document.querySelectorAll(selector)].map((e) => e.textContent);
		return { Chosen: texts('.ys-chosen__name'), Found: texts('.ys-found a'), Verdict: document.querySelector('.ys-verdict') !== null,
			Address: location.pathname + location.search };
	})()`, &c)
	return c
}

// loads does something that leads to another page of the comparison, and waits until that stands.
func (b *tab) loads(what string, actions ...chromedp.Action) comparison {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b.ctx, actions...); err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
	return b.compares()
}

// An inspection is added by keys alone: its area from the suggestions, then its link, while the comparison stays in
// place.
func TestAddingByKeyboard(t *testing.T) {
	for i, width := range widths {
		prefix := []string{"", "/cy"}[i]
		b := newTab(t, width)
		b.open(origin + prefix + chosenFirst)
		b.do("type", chromedp.Focus("#add"), chromedp.SendKeys("#add", "rutl"), chromedp.WaitVisible("#add-list li"))
		c := b.loads("choose the area", chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter))
		if len(c.Chosen) != 1 || len(c.Found) != 2 || !strings.HasPrefix(c.Address, prefix+chosenFirst+"&q=") {
			t.Fatalf("after the area: %+v", c)
		}
		c = b.loads("add", chromedp.Focus(`.ys-found a[href$="leicestershire-and-rutland-cci-2012"]`),
			chromedp.KeyEvent(kb.Enter))
		if len(c.Chosen) != 2 || !c.Verdict || c.Address != prefix+chosenSecond {
			t.Fatalf("after it is added: %+v", c)
		}
		b.do("open the chooser", chromedp.Click(chooser))
		c = b.loads("swap", chromedp.Focus(`.ys-chosen__item--2 .ys-chosen__acts a:last-child`),
			chromedp.KeyEvent(kb.Enter))
		if len(c.Chosen) != 2 || !strings.HasPrefix(c.Chosen[1], "Leicester") || c.Address == prefix+chosenSecond {
			t.Errorf("after the swap: %+v", c)
		}
		for _, complaint := range b.complaints {
			t.Error(complaint)
		}
	}
}

// The same without scripts, by the form and links.
func TestAddingWithoutScripts(t *testing.T) {
	b := newTab(t, widths[1])
	b.do("turn scripts off", emulation.SetScriptExecutionDisabled(true))
	b.do("open", chromedp.Navigate(origin+chosenSecond))
	b.do("open the chooser", chromedp.Click(chooser))
	c := b.loads("search", chromedp.SendKeys("#add", "leicester"+kb.Enter))
	if len(c.Chosen) != 2 || !c.Verdict || len(c.Found) == 0 || c.Address != chosenSecond+"&q=leicester" {
		t.Fatalf("while searching: %+v", c)
	}
	c = b.loads("add", chromedp.Click(".ys-found a"))
	if len(c.Chosen) != 3 || !c.Verdict {
		t.Fatalf("after adding: %+v", c)
	}
	b.do("open the chooser", chromedp.Click(chooser))
	c = b.loads("remove", chromedp.Click(".ys-chosen__item--1 .ys-chosen__acts a"))
	if len(c.Chosen) != 2 || strings.Contains(c.Address, "leicester-city-fji-2016") {
		t.Errorf("after removing the first: %+v", c)
	}
}
