package browsertest

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// marks has, for each chart of the page, what is marked in it, and its drawing, which a mark changes.
const marks = `[...document.querySelectorAll('[data-painted]')].map((e) => ({ Chart: e.dataset.chart,
	Marked: e.dataset.marked ?? '', Drawing: e.querySelector('svg').outerHTML }))`

type marked struct{ Chart, Marked, Drawing string }

// What the pointer or a key is at in one chart is marked in the page's other charts that have it, and no longer when
// the reader leaves it.
func TestChartsMarkTheSame(t *testing.T) {
	for _, test := range []struct {
		name, path, chart, other string
		reach                    func(b *tab)
		leave                    func(b *tab)
	}{
		{"a rating, by pointer", "/areas/leicestershire-and-rutland", "ratings", "history", func(b *tab) {
			var at struct{ X, Y float64 }
			b.evaluate("find", `(() => {
				const chart = document.querySelector('[data-chart=ratings]');
				chart.scrollIntoView({ block: 'center' });
				const part = [...chart.querySelectorAll('path')].find((p) => p.getAttribute('fill') === '#F46A25' &&
					p.getBoundingClientRect().width > 40);
				const box = part.getBoundingClientRect();
				return { X: box.x + box.width / 4, Y: box.y + box.height / 2 };
			})()`, &at)
			b.do("point", chromedp.MouseEvent("mouseMoved", at.X, at.Y))
		}, func(b *tab) { b.do("leave", chromedp.MouseEvent("mouseMoved", 2, 2)) }},
		{"an area, by key", "/compare?with=leicestershire-and-rutland-cci-2012&with=northamptonshire-cci-2012&with=" +
			"leicester-city-fji-2016", "panel-1", "panel-2", func(b *tab) {
			b.evaluate("focus", `document.querySelector('[data-chart=panel-1]').focus()`, nil)
			b.do("press a key", chromedp.KeyEvent(kb.ArrowRight))
		}, func(b *tab) { b.do("press Escape", chromedp.KeyEvent(kb.Escape)) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := newTab(t, widths[0])
			b.open(origin + test.path)
			look := func() map[string]marked {
				var all []marked
				b.evaluate("look", `new Promise((done) => setTimeout(done, 600)).then(() => `+marks+`)`, &all)
				out := make(map[string]marked)
				for _, m := range all {
					out[m.Chart] = m
				}
				return out
			}
			before := look()
			test.reach(b)
			during := look()
			if m := during[test.chart].Marked; m == "" || during[test.other].Marked != m {
				t.Errorf("%q is marked where the reader is, %q in %s", m, during[test.other].Marked, test.other)
			}
			if during[test.other].Drawing == before[test.other].Drawing {
				t.Errorf("the mark of %q in %s cannot be seen", during[test.other].Marked, test.other)
			}
			test.leave(b)
			if m := look()[test.other].Marked; m != "" {
				t.Errorf("%q is still marked in %s", m, test.other)
			}
		})
	}
}
