package browsertest

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// focus is where the keyboard is: the how manieth of a page's stops, from 0, or -1 where it is none of them.
type focus struct {
	Index  int
	What   string
	Marked bool // it looks other than before it was reached
	InView bool
}

// press presses a key and says where the focus is then.
func (b *tab) press(key string) focus {
	b.t.Helper()
	b.do("press a key", chromedp.KeyEvent(key))
	var at focus
	b.ask("focused", &at)
	return at
}

// walkByKeyboard walks a page from its top with the Tab key.
func walkByKeyboard(t *testing.T, v visit) {
	b := newTab(t, v.width)
	b.open(v.address())
	var stops []string
	b.ask("stops", &stops)
	if len(stops) < 10 {
		t.Fatalf("%s has %d stops for a keyboard, want more", v.address(), len(stops))
	}
	for n, stop := range stops {
		at := b.press(kb.Tab)
		if at.Index != n {
			t.Fatalf("%s: press %d of the Tab key leads to %s (stop %d), want %s", v.address(), n+1, at.What,
				at.Index+1, stop)
		}
		if !at.Marked {
			t.Errorf("%s: nothing shows that the focus is on %s", v.address(), stop)
		}
		if !at.InView {
			t.Errorf("%s: with the focus on it, %s is out of sight", v.address(), stop)
		}
	}
}

func TestSkipLinkLeadsToContent(t *testing.T) {
	walked := func(v visit) bool { return v.keyboard && v.width == widths[0] }
	each(t, walked, func(t *testing.T, v visit) {
		b := newTab(t, v.width)
		b.open(v.address())
		b.ask("stops", nil)
		var what string
		b.press(kb.Tab)
		b.evaluate("first stop", "document.activeElement.className", &what)
		if what != "govuk-skip-link" {
			t.Fatalf("%s: the first press of the Tab key leads to %q, want the skip link", v.address(), what)
		}
		b.press(kb.Enter)
		b.evaluate("focus", "document.activeElement.localName + '#' + document.activeElement.id", &what)
		if what != "main#main" {
			t.Errorf("%s: the skip link moves the focus to %s, want main#main", v.address(), what)
		}
		b.press(kb.Tab)
		var inside bool
		b.evaluate("next stop", "document.querySelector('main').contains(document.activeElement)", &inside)
		if !inside {
			t.Errorf("%s: after the skip link, the Tab key does not lead into the content", v.address())
		}
	})
}
