package browsertest

import (
	"os"
	"testing"

	"github.com/chromedp/cdproto/page"
)

// axeFile is where npm puts axe-core.
const axeFile = "../../static/node_modules/axe-core/axe.min.js"

func TestAxe(t *testing.T) {
	source, err := os.ReadFile(axeFile)
	if err != nil {
		t.Fatalf("axe-core is not installed (make assets installs it): %v", err)
	}
	once := func(v visit) bool { return v.width == widths[0] } // loading axe-core takes longer than another width
	each(t, once, func(t *testing.T, v visit) {
		b := newTab(t, v.width)
		b.do("set the content policy aside", page.SetBypassCSP(true)) // for axe-core alone: other tests hold pages to it
		b.open(v.address())
		b.evaluate("load axe-core", string(source), nil)
		for _, width := range widths {
			b.resize(width)
			b.ask("settle", nil)
			var found struct {
				Rules      int
				Violations []struct{ Rule, Impact, Help, Selector, Summary string }
			}
			b.ask("axe", &found)
			if found.Rules == 0 {
				t.Errorf("%s: axe-core tried no rule", v.address())
			}
			for _, x := range found.Violations {
				t.Errorf("%s at %d wide: %s (%s, %s) at %s: %s", v.address(), width, x.Help, x.Rule, x.Impact, x.Selector, x.Summary)
			}
		}
	})
}
