package browsertest

import (
	"context"
	"fmt"
	"regexp"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// The most that pages may be: CSS pixels high on a desk and on a phone, and words in sight. Zero is no limit.
var pageLimits = []struct {
	name, path         string
	desk, phone, words int
}{
	{"home", "/", 2600, 4500, 700},
	{"area", "/areas/leicestershire-and-rutland", 3000, 5000, 900},
	{"area-of-three", "/areas/leicester-city", 3000, 5000, 900},
	{"area-of-wales", "/areas/cardiff", 3000, 5000, 900},
	{"compare", chosenSecond, 2600, 4500, 900},
	{"compare-like", "/compare?with=leicestershire-and-rutland-cci-2012&with=northamptonshire-cci-2012", 2600, 4500, 900},
	{"compare-six", "/compare?with=york-yj2018-2022&with=wrexham-yj2018-2019&with=wokingham-yj2018-2024&" +
		"with=wiltshire-yj2018-2024&with=westminster-yj2018-2024&with=west-sussex-yj2018-2022", 2600, 4500, 900},
	{"target", "/target?places=12", 3500, 0, 1500},
	{"map", "/map", 1700, 2600, 0},
	{"overview", "/overview", 0, 2800, 0},
	{"overview-of-statistics", "/overview?show=statistics", 0, 3400, 0},
	{"methodology", "/methodology", 2000, 2800, 400},
	{"interface", "/api", 4500, 5500, 900},
}

// Pages stay short: a reader sees the finding, its chart and little else, and opens the rest.
func TestPagesAreShort(t *testing.T) {
	for _, p := range pageLimits {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			for n, most := range []int{p.desk, p.phone} {
				b := newTab(t, widths[n])
				b.open(origin + p.path)
				var seen struct{ Height, Words int }
				b.evaluate("measure", `({ Height: document.documentElement.scrollHeight,
					Words: document.querySelector('main').innerText.trim().split(/\s+/).length })`, &seen)
				if most > 0 && seen.Height > most {
					t.Errorf("%s is %d px high at %d, want at most %d", p.path, seen.Height, widths[n], most)
				}
				if p.words > 0 && seen.Words > p.words {
					t.Errorf("%s has %d words at %d, want at most %d", p.path, seen.Words, widths[n], p.words)
				}
				t.Logf("%s at %d: %d px, %d words", p.path, widths[n], seen.Height, seen.Words)
			}
		})
	}
}

var pdfPage = regexp.MustCompile(`/Type\s*/Page\b[^s]`)

// printed returns how many sheets of A4 the page in the tab takes.
func (b *tab) printed() int {
	b.t.Helper()
	var pdf []byte
	b.do("print", chromedp.ActionFunc(func(ctx context.Context) (err error) {
		pdf, _, err = page.PrintToPDF().WithPreferCSSPageSize(true).WithPrintBackground(true).Do(ctx)
		return err
	}))
	return len(pdfPage.FindAll(pdf, -1))
}

func TestDeskIsPrintedOnThreePages(t *testing.T) {
	b := newTab(t, widths[0])
	b.open(origin + "/target?places=12")
	if pages := b.printed(); pages < 1 || pages > 3 {
		t.Errorf("the desk is printed on %d pages, want 3 at most", pages)
	}
}

// The map is seen whole on a laptop's first screen, and it is a map on a phone too: tiles at their places, inside the
// window, each large enough for its mark.
func TestMapIsSeenWhole(t *testing.T) {
	for _, size := range []struct{ width, height, tile int }{{1280, 800, 24}, {375, 812, 24}} {
		t.Run(fmt.Sprint(size.width), func(t *testing.T) {
			b := newTab(t, size.width)
			b.do("resize", emulation.SetDeviceMetricsOverride(int64(size.width), int64(size.height), 1, size.width < 600))
			b.open(origin + "/map")
			var seen struct{ Left, Right, Height, Bottom, Least, Rows, Tiles, Places float64 }
			b.evaluate("measure", `(() => {
				const tiles = [...document.querySelectorAll('.ys-map .ys-tile')].map((tile) => tile.getBoundingClientRect());
				const map = document.querySelector('.ys-map').getBoundingClientRect();
				return { Left: Math.min(...tiles.map((r) => r.left)), Right: Math.max(...tiles.map((r) => r.right)),
					Height: map.height, Bottom: map.bottom + scrollY, Least: Math.min(...tiles.flatMap((r) => [r.width, r.height])),
					Rows: new Set(tiles.map((r) => Math.round(r.top))).size, Tiles: tiles.length,
					Places: new Set(tiles.map((r) => Math.round(r.left) + ' ' + Math.round(r.top))).size };
			})()`, &seen)
			if seen.Left < 0 || seen.Right > float64(size.width) || seen.Height > float64(size.height) ||
				seen.Least < float64(size.tile) || seen.Rows > 20 || seen.Tiles < 100 ||
				seen.Places != seen.Tiles {
				t.Errorf("%+v", seen)
			}
			if size.width > 600 && seen.Bottom > float64(size.height) {
				t.Errorf("the map ends at %.0f of a screen of %d", seen.Bottom, size.height)
			}
		})
	}
}

// The table of every area begins on a laptop's first screen, with the form and the key folded over it.
func TestOverviewBeginsOnTheFirstScreen(t *testing.T) {
	for _, path := range []string{"/overview", "/overview?show=statistics", "/cy/overview"} {
		b := newTab(t, 1280)
		b.do("resize", emulation.SetDeviceMetricsOverride(1280, 800, 1, false))
		b.open(origin + path)
		var seen struct{ First float64 }
		b.evaluate("measure", `({ First: document.querySelector('.ys-rug__area a').getBoundingClientRect().bottom })`, &seen)
		if seen.First <= 0 || seen.First > 800 {
			t.Errorf("%s: the first area ends at %.0f of a screen of 800", path, seen.First)
		}
	}
}

// A section that is looked up is closed until its address is followed, which needs no script.
func TestLinkedSectionsAreOpened(t *testing.T) {
	for _, path := range []string{"/methodology", "/api", "/cy/methodology"} {
		b := newTab(t, widths[1])
		b.do("do without scripts", emulation.SetScriptExecutionDisabled(true))
		b.do("open", chromedp.Navigate(origin+path))
		const look = `({ Open: [...document.querySelectorAll('.ys-fold[open] > .govuk-details__text')].map((e) => e.id),
			Last: [...document.querySelectorAll('.ys-fold > .govuk-details__text')].at(-1).id })`
		var closed, linked struct {
			Open []string
			Last string
		}
		b.evaluate("look at what is closed", look, &closed)
		b.do("follow", chromedp.Navigate(origin+path+"#"+closed.Last))
		b.evaluate("look at what is open", look, &linked)
		if len(closed.Open) != 0 || len(linked.Open) != 1 || linked.Open[0] != closed.Last {
			t.Errorf("%s: open before %v, by the address of %s %v", path, closed.Open, closed.Last, linked.Open)
		}
	}
}
