package browsertest

import (
	"os"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/google/go-cmp/cmp"
)

// axeFile is where npm puts axe-core.
const axeFile = "../../static/node_modules/axe-core/axe.min.js"

// windowWidths are what pages are looked at closely in: a desk, a tablet, and a phone or a desk at 400%.
var windowWidths = []int{1280, 768, 320}

// The checks of the accessibility statement, in its order.
const (
	checkRules    = "rules"    // axe-core finds nothing
	checkReflow   = "reflow"   // the page does not scroll sideways
	checkText     = "text"     // both hold with text of twice the size, and none of it is cut or keeps its size
	checkFocus    = "focus"    // it shows where the focus is
	checkColours  = "colours"  // all holds where a system forces its own colours on pages
	checkMotion   = "motion"   // nothing moves for readers who ask for that
	checkKeyboard = "keyboard" // the Tab key reaches everything, in order and in sight
)

// TestAccessibility looks closely at a page of every kind, in every language, and then holds the statement that the
// site makes of itself to what was found. -update writes that.
func TestAccessibility(t *testing.T) {
	source, err := os.ReadFile(axeFile)
	if err != nil {
		t.Fatalf("axe-core is not installed (make assets installs it): %v", err)
	}
	f := newFindings(t)
	t.Run("closely", func(t *testing.T) {
		for _, p := range oneOfEach() {
			for _, language := range languages {
				v := visit{p, language, windowWidths[0]}
				t.Run(v.String(), func(t *testing.T) {
					t.Parallel()
					lookClosely(t, v, string(source), f)
				})
			}
		}
	})
	t.Run("keyboard", func(t *testing.T) {
		walked := func(v visit) bool { return v.keyboard && v.language == languages[0] }
		each(t, walked, func(t *testing.T, v visit) {
			f.looked(checkKeyboard, v)
			walkByKeyboard(t, v)
		})
	})
	f.hold(t)
}

func lookClosely(t *testing.T, v visit, source string, f *findings) {
	b := newTab(t, v.width)
	b.do("set the content policy aside", page.SetBypassCSP(true)) // for axe-core alone: other tests hold pages to it
	b.open(v.address())
	b.evaluate("load axe-core", source, nil)
	for _, width := range windowWidths {
		b.resize(width)
		b.ask("settle", nil)
		checkAxe(t, b, v.at(width), checkRules, f)
		checkFits(t, b, v.at(width), checkReflow, f)
	}
	b.resize(v.width)
	checkEnlarged(t, b, v, f)
	b.ask("settle", nil)
	checkMarked(t, b, v, checkFocus, f)
	checkForced(t, b, v, f)
	checkStill(t, b, v, f)
}

func checkAxe(t *testing.T, b *tab, v visit, check string, f *findings) {
	t.Helper()
	f.looked(check, v)
	var found struct {
		Rules      []string
		Violations []struct{ Rule, Impact, Help, Selector, Summary string }
	}
	b.ask("axe", &found)
	if len(found.Rules) == 0 {
		t.Errorf("%s: axe-core tried no rule", v.address())
	}
	f.tried(found.Rules)
	for _, x := range found.Violations {
		f.fault(t, check, x.Rule, v, "%s (%s, %s) at %s: %s", x.Help, x.Rule, x.Impact, x.Selector, x.Summary)
	}
}

func checkFits(t *testing.T, b *tab, v visit, check string, f *findings) {
	t.Helper()
	f.looked(check, v)
	var seen observation
	b.ask("fits", &seen)
	if seen.InnerWidth != v.width || seen.ScrollWidth > v.width {
		f.fault(t, check, "sideways", v, "is %d wide, laid out for %d, in a window of %d: %q", seen.ScrollWidth,
			seen.InnerWidth, v.width, seen.Overflowing)
	}
}

// checkEnlarged doubles the size of text, and sets it back.
func checkEnlarged(t *testing.T, b *tab, v visit, f *findings) {
	t.Helper()
	f.looked(checkText, v)
	var seen struct {
		Words      int
		Small, Cut []string
	}
	b.ask("enlarge", &seen)
	if seen.Words < 10 {
		t.Errorf("%s: only %d elements have words", v.address(), seen.Words)
	}
	for _, what := range seen.Small {
		f.fault(t, checkText, "size", v, "%s keeps its size", what)
	}
	for _, what := range seen.Cut {
		f.fault(t, checkText, "cut", v, "%s is cut", what)
	}
	b.ask("settle", nil)
	checkFits(t, b, v, checkText, f)
	checkAxe(t, b, v, checkText, f)
	b.evaluate("text of its own size", "document.documentElement.style.fontSize = ''", nil)
}

// checkMarked moves the focus to everything that takes it.
func checkMarked(t *testing.T, b *tab, v visit, check string, f *findings) {
	t.Helper()
	f.looked(check, v)
	b.ask("stops", nil)
	var unmarked []string
	b.ask("marked", &unmarked)
	for _, what := range unmarked {
		f.fault(t, check, "focus", v, "nothing shows that the focus is on %s", what)
	}
}

// checkForced has the colours of the page forced, as readers who need strong contrast do.
func checkForced(t *testing.T, b *tab, v visit, f *findings) {
	t.Helper()
	f.looked(checkColours, v)
	type seen struct {
		Forced bool
		Charts []struct {
			ID      string
			Colours []string
			Ground  string
		}
		Bare, Alike []string
	}
	var before, forced seen
	b.ask("colours", &before)
	feature := emulation.MediaFeature{Name: "forced-colors", Value: "active"}
	b.do("force colours", emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{&feature}))
	b.ask("settle", nil)
	b.ask("colours", &forced)
	if !forced.Forced || before.Forced {
		t.Fatalf("%s: colours forced %t, before %t", v.address(), forced.Forced, before.Forced)
	}
	for n, c := range forced.Charts {
		if diff := cmp.Diff(before.Charts[n].Colours, c.Colours); diff != "" {
			f.fault(t, checkColours, "chart", v, "chart %s loses its colours (-before +forced):\n%s", c.ID, diff)
		}
		if c.Ground == "rgba(0, 0, 0, 0)" {
			f.fault(t, checkColours, "ground", v, "chart %s stands on whatever colour is forced", c.ID)
		}
	}
	for _, what := range forced.Bare {
		f.fault(t, checkColours, "rating", v, "%s is a word without its mark", what)
	}
	for _, what := range slices.Concat(before.Alike, forced.Alike) {
		f.fault(t, checkColours, "current", v, "%s looks as the others of its row", what)
	}
	checkMarked(t, b, v, checkColours, f)
}

// checkStill asks for less motion, and opens the page again.
func checkStill(t *testing.T, b *tab, v visit, f *findings) {
	t.Helper()
	f.looked(checkMotion, v)
	feature := emulation.MediaFeature{Name: "prefers-reduced-motion", Value: "reduce"}
	b.do("ask for less motion", emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{&feature}))
	b.open(v.address())
	var seen struct {
		Asked   bool
		Moving  []string
		Running int
	}
	b.ask("still", &seen)
	if !seen.Asked {
		t.Fatalf("%s: less motion is not asked for", v.address())
	}
	if len(seen.Moving) > 0 || seen.Running > 0 {
		f.fault(t, checkMotion, "motion", v, "%d animations run; would move: %q", seen.Running, seen.Moving)
	}
}
