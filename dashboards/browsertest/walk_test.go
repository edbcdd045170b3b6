package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// said is what a chart says: the line that screen readers follow, and what the pointer shows.
const said = `(() => {
	const chart = document.querySelector('[data-chart=%]');
	return { Live: document.getElementById('%-said').textContent, Drawn: chart.querySelector('svg').textContent,
		Focused: document.activeElement === chart };
})()`

type saying struct {
	Live, Drawn string
	Focused     bool
}

// One press of the Tab key reaches a chart and arrow keys go through its figures in order, each said to those who hear
// and shown to those who see, up to either end and no further.
func TestArrowKeysGoThroughAChart(t *testing.T) {
	for _, c := range []struct{ path, chart, first, second, last string }{
		// every line of a year together
		{"/indicators?indicator=reoffending_rate_percent_15_17&area=leicester-city", "series",
			"year ending March 2016: 41.5%", "year ending March 2017: 37.7%", "year ending March 2024: 37.4%"},
		// every word of a region together, with share and number
		{"/benchmarks?programme=yj2018&measure=overall&group=region", "benchmarks-yj", "%)", "%)", "%)"},
	} {
		t.Run(c.chart, func(t *testing.T) {
			b := newTab(t, widths[0])
			b.open(origin + c.path)
			look := strings.ReplaceAll(said, "%", c.chart)
			b.evaluate("focus", `document.querySelector('[data-chart=`+c.chart+`]').focus()`, nil)
			var before saying
			b.evaluate("look", look, &before)
			if !before.Focused {
				t.Fatal("the chart cannot be reached")
			}
			var seen []string
			for _, step := range []struct{ key, want string }{
				{kb.ArrowRight, c.first}, {kb.ArrowRight, c.second}, {kb.ArrowLeft, c.first}, {kb.ArrowLeft, c.first},
				{kb.End, c.last}, {kb.ArrowDown, c.last}, {kb.Home, c.first},
			} {
				b.do("press a key", chromedp.KeyEvent(step.key))
				var now saying
				b.evaluate("look", `new Promise((done) => setTimeout(done, 100)).then(() => `+look+`)`, &now)
				if !strings.Contains(now.Live, step.want) {
					t.Errorf("%q says %q, want %q", step.key, now.Live, step.want)
				}
				for line := range strings.Lines(now.Live) {
					if !strings.Contains(now.Drawn, strings.TrimSpace(line)) {
						t.Errorf("%q: %q is said and not shown", step.key, line)
					}
				}
				seen = append(seen, now.Live)
			}
			if seen[0] == seen[1] || seen[0] != seen[2] || seen[0] != seen[6] || seen[4] == seen[0] {
				t.Errorf("the keys say %q", seen)
			}
		})
	}
}
