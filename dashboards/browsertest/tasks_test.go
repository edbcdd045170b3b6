package browsertest

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// reader does what somebody does with a page, and counts it: a click, something typed, a key.
type reader struct {
	*tab
	actions int
}

func newReader(t *testing.T, width int, address string) *reader {
	r := &reader{tab: newTab(t, width)}
	r.open(origin + address)
	return r
}

// click clicks on something that stays on the page.
func (r *reader) click(selector string) {
	r.t.Helper()
	r.actions++
	r.do("click "+selector, chromedp.ScrollIntoView(selector), chromedp.Click(selector, chromedp.NodeVisible))
}

// follow clicks on something that leads to another page.
func (r *reader) follow(selector string) {
	r.t.Helper()
	r.actions++
	r.leads(selector, chromedp.ScrollIntoView(selector), chromedp.Click(selector, chromedp.NodeVisible))
}

// types puts a text into a field in place of what is in it.
func (r *reader) types(selector, text string) {
	r.t.Helper()
	r.actions++
	r.do("type "+text, chromedp.Focus(selector), chromedp.Clear(selector), chromedp.SendKeys(selector, text))
}

// enter sends the form that is being filled in.
func (r *reader) enter() {
	r.t.Helper()
	r.actions++
	r.leads("Enter", chromedp.KeyEvent(kb.Enter))
}

func (r *reader) leads(what string, actions ...chromedp.Action) {
	r.t.Helper()
	if _, err := chromedp.RunResponse(r.ctx, actions...); err != nil {
		r.t.Fatalf("%s: %v", what, err)
	}
	r.ask("settle", nil)
}

// reads returns what a reader sees of an element; empty where there is none.
func (r *reader) reads(selector string) (text string) {
	r.t.Helper()
	r.evaluate("read "+selector, `document.querySelector(`+quoted(selector)+`)?.innerText ?? ''`, &text)
	return text
}

// at returns the path and query that the reader is at.
func (r *reader) at() (address string) {
	r.t.Helper()
	r.evaluate("address", `location.pathname + location.search`, &address)
	return address
}

// took ends a task: it was done in so many actions at most.
func (r *reader) took(most int) {
	r.t.Helper()
	if r.actions > most {
		r.t.Errorf("it took %d actions, want %d at most", r.actions, most)
	}
	for _, complaint := range r.complained() {
		r.t.Error(complaint)
	}
}

func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `\'`) + "'" }

// The ten tasks that readers come with, each from the first page, with the most actions that it may take.
func TestTenTasks(t *testing.T) {
	for _, task := range []struct {
		name  string
		width int
		most  int
		do    func(t *testing.T, r *reader)
	}{
		{"the service where I live", 375, 3, func(t *testing.T, r *reader) {
			r.types("#q", "Melton Mowbray")
			r.enter()
			if at := r.at(); !strings.HasPrefix(at, "/areas/leicestershire-and-rutland") || r.reads(".ys-finding") == "" {
				t.Errorf("it leads to %s", at)
			}
		}},
		{"Leicester 2016 beside Leicestershire 2012", 1280, 3, func(t *testing.T, r *reader) {
			r.follow(`main a[href^="/compare?with="]`)
			verdict, panels := r.reads(".ys-verdict__statement"), r.reads(".ys-panels")
			if verdict == "" || !strings.Contains(panels, "Leicester City 2016") || !strings.Contains(panels, "69%") {
				t.Errorf("it says %q and shows %q", verdict, panels)
			}
		}},
		{"the region that does worst now", 1280, 3, func(t *testing.T, r *reader) {
			r.follow(`.ys-header__nav a[href="/benchmarks"]`)
			chart := r.reads(`[data-chart] svg`)
			if chart == "" {
				r.evaluate("chart", `document.querySelector('[data-chart] svg').textContent`, &chart)
			}
			if on := r.reads(`.ys-tabs [aria-current]`); on != "2018 framework" || !strings.Contains(chart, "West Midlands") {
				t.Errorf("the programme is %q, the chart says %q", on, chart)
			}
		}},
		{"is reoffending rising here", 1280, 3, func(t *testing.T, r *reader) {
			r.types("#q", "Oadby")
			r.enter()
			var top float64
			r.evaluate("where", `document.getElementById('key-figures').getBoundingClientRect().top + scrollY`, &top)
			table := r.reads(`section[aria-labelledby="key-figures"]`)
			if !strings.Contains(table, "Reoffending") || !strings.Contains(table, "change") && !strings.Contains(table, "ris") ||
				top > 2000 {
				t.Errorf("at %.0f it says %q", top, table)
			}
		}},
		{"twelve areas to inspect, with reasons, on paper", 1280, 4, func(t *testing.T, r *reader) {
			r.follow(`.ys-header__nav a[href="/target"]`)
			r.types("#reoffending", "5")
			r.types("#exclude", "24")
			r.enter()
			var rows []string
			r.evaluate("rows", `[...document.querySelectorAll('.ys-desk__list tbody tr:not(.ys-desk__out)')].map((row) =>
				row.querySelector('.ys-desk__why').innerText)`, &rows)
			if len(rows) != 12 || !strings.Contains(r.at(), "reoffending=5") || !strings.Contains(r.at(), "exclude=24") {
				t.Fatalf("%s proposes %d areas", r.at(), len(rows))
			}
			for n, why := range rows {
				if strings.TrimSpace(why) == "" {
					t.Errorf("area %d has no reason", n+1)
				}
			}
			if pages := r.printed(); pages > 3 {
				t.Errorf("it is printed on %d pages", pages)
			}
		}},
		{"a picture of a chart and its citation", 1280, 3, func(t *testing.T, r *reader) {
			r.click(`.ys-figure .ys-take summary`)
			r.click(`.ys-figure button[data-png]`)
			r.click(`.ys-cite summary`)
			if cited := r.reads("#cite-long"); !strings.Contains(cited, "/r/"+snapshot.Release().ID[:12]) {
				t.Errorf("the citation is %q", cited)
			}
		}},
		{"the figures as CSV, and what the columns mean", 1280, 3, func(t *testing.T, r *reader) {
			r.follow(`.ys-footer a[href="/data"]`)
			r.click(`section[aria-labelledby="dictionary"] summary`)
			if means := r.reads(`section[aria-labelledby="dictionary"] table`); len(strings.Fields(means)) < 100 {
				t.Errorf("the columns are explained in %q", means)
			}
			var file string
			r.evaluate("file", `document.querySelector('main a[href$="results.csv"]').href`, &file)
			if body := fetched(t, file); !strings.HasPrefix(body, "inspection,") && !strings.Contains(body[:200], ",") {
				t.Errorf("%s begins %.80q", file, body)
			}
		}},
		{"Gwynedd, in Welsh, on a phone", 375, 3, func(t *testing.T, r *reader) {
			r.follow(`.ys-header__lang`)
			r.types("#q", "Caernarfon")
			r.enter()
			if at, h1 := r.at(), r.reads("h1"); !strings.HasPrefix(at, "/cy/areas/gwynedd") || !strings.Contains(h1, "Gwynedd") {
				t.Errorf("it leads to %s, %q", at, h1)
			}
		}},
		{"four areas under one framework", 1280, 6, func(t *testing.T, r *reader) {
			r.follow(`.ys-header__nav a[href="/compare"]`)
			for _, n := range []string{"3", "20", "41", "77"} {
				r.click(`.ys-ticks__one:nth-child(` + n + `) input`)
			}
			r.follow(`form:has(.ys-ticks) button`)
			if c := r.compares(); len(c.Chosen) != 4 || !c.Verdict || !strings.Contains(r.reads(".ys-finding"), c.Chosen[3]) {
				t.Errorf("%+v: %q", c, r.reads(".ys-finding"))
			}
		}},
		{"what changed, and how to be told", 1280, 3, func(t *testing.T, r *reader) {
			r.follow(`.ys-footer a[href="/releases"]`)
			var feed string
			r.evaluate("feed", `document.querySelector('main a[href$="feed.atom"]')?.href ?? ''`, &feed)
			if feed == "" || !strings.Contains(fetched(t, feed), "<feed") {
				t.Errorf("the page leads to the feed %q", feed)
			}
		}},
	} {
		t.Run(task.name, func(t *testing.T) {
			from := "/"
			if strings.HasPrefix(task.name, "a picture") {
				from = "/areas/leicester-city"
			}
			r := newReader(t, task.width, from)
			task.do(t, r)
			r.took(task.most)
		})
	}
}

func fetched(t *testing.T, address string) string {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d, %v", address, response.StatusCode, err)
	}
	return string(body)
}

// A town, a postcode and a Welsh town lead to the service there.
func TestPlacesLeadToAnArea(t *testing.T) {
	for typed, area := range map[string]string{
		"Oadby":          "/areas/leicestershire-and-rutland",
		"Melton Mowbray": "/areas/leicestershire-and-rutland",
		"LE1 6ZG":        "/areas/leicester-city",
		"Caernarfon":     "/areas/gwynedd",
	} {
		t.Run(typed, func(t *testing.T) {
			r := newReader(t, widths[0], "/")
			r.types("#q", typed)
			r.enter()
			if strings.HasPrefix(r.at(), "/areas?q=") { // two councils share the postcodes: the first is of most of them
				r.follow(`.ys-timeline li:first-child a`)
			}
			if at := r.at(); !strings.HasPrefix(at, area) {
				t.Errorf("it leads to %s, want %s", at, area)
			}
			r.took(3)
		})
	}
}
