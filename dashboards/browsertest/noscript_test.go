package browsertest

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
)

// TestPagesWithoutScripts holds what a reader without scripts gets against what everybody else does: the same headings
// and the same numbers, and no room for charts that nothing draws.
func TestPagesWithoutScripts(t *testing.T) {
	wide := func(v visit) bool { return v.width == widths[0] }
	each(t, wide, func(t *testing.T, v visit) {
		b := newTab(t, v.width)
		b.do("turn scripts off", emulation.SetScriptExecutionDisabled(true))
		b.do("open "+v.address(), chromedp.Navigate(v.address()))
		var without observation
		b.ask("observe", &without)
		with := observed(t, v)

		if diff := cmp.Diff(with.Headings, without.Headings); diff != "" {
			t.Errorf("%s: headings with scripts (-) and without (+):\n%s", v.address(), diff)
		}
		if diff := cmp.Diff(with.Tables, without.Tables); diff != "" {
			t.Errorf("%s: tables with scripts (-) and without (+):\n%s", v.address(), diff)
		}
		for _, table := range without.Tables {
			if !table.Shown && !table.Folded {
				t.Errorf("%s: without scripts, table %q is not shown", v.address(), table.Caption)
			}
		}
		for _, h := range without.Headings {
			if h.Level == 1 && !h.Shown {
				t.Errorf("%s: without scripts, the heading %q is not shown", v.address(), h.Text)
			}
		}
		for _, c := range without.Charts {
			if c.Drawn || c.Display != "none" || c.Width != 0 || c.Height != 0 {
				t.Errorf("%s: without scripts, chart %s takes %.0f by %.0f (display %s)", v.address(), c.ID, c.Width,
					c.Height, c.Display)
			}
		}
		if without.ScrollWidth > without.InnerWidth {
			t.Errorf("%s scrolls sideways without scripts: %d in %d", v.address(), without.ScrollWidth, v.width)
		}
	})
}
