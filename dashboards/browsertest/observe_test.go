package browsertest

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// observation is what one look at a page tells; probes/observe.js fills it in.
type observation struct {
	Status      int
	Lang        string
	Title       string
	InnerWidth  int
	ScrollWidth int
	Overflowing []string
	Headings    []heading
	Charts      []chart
	Tables      []table
	Texts       []text
	Switches    []languageSwitch

	complaints []string // of the browser
}

type heading struct {
	Level int
	Text  string
	Shown bool
}

// chart is the box of a chart and what was drawn in it. Sizes are in CSS pixels; Shapes counts the marks that have a
// colour and lie in the box; Outside are labels that the drawing cuts, Collisions pairs of labels over one another,
// Missing the rows and columns that its options name and the drawing does not.
type chart struct {
	ID         string
	Label      string
	Painted    bool
	Drawn      bool
	Display    string
	Width      float64
	Height     float64
	Shapes     int
	Labels     []string
	Missing    []string
	Outside    []string
	Collisions []string
}

type table struct {
	Caption string
	Text    string // cells between bars, a row a line
	Shown   bool
	Folded  bool
}

// text is a run of words of the page, or an attribute that is read out, and where it stands.
type text struct {
	Text  string
	Where string
}

type languageSwitch struct {
	Href     string
	Lang     string
	HrefLang string
}

// observed is what a look at the page told. Each page is looked at once in each language and width, however many
// tests judge it.
func observed(t *testing.T, v visit) *observation {
	t.Helper()
	entry, _ := looks.LoadOrStore(v.String(), new(look))
	l := entry.(*look)
	l.once.Do(func() { l.seen = observe(t, v) })
	if l.seen == nil {
		t.Fatalf("%s could not be looked at; the test that tried first says why", v.address())
	}
	return l.seen
}

type look struct {
	once sync.Once
	seen *observation
}

var looks sync.Map // *look by the visit's name

func observe(t *testing.T, v visit) *observation {
	b := newTab(t, v.width)
	b.open(v.address())
	var seen observation
	b.ask("observe", &seen)
	seen.complaints = b.complained()
	if *screenshots != "" {
		var picture []byte
		b.do("take a picture", chromedp.FullScreenshot(&picture, 100)) // 100 is PNG
		if err := os.MkdirAll(*screenshots, 0o755); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(*screenshots, strings.ReplaceAll(v.String(), "/", "-")+".png")
		if err := os.WriteFile(file, picture, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return &seen
}

// each runs a test of every visit that is wanted, as many at a time as there are processors.
func each(t *testing.T, wanted func(visit) bool, test func(t *testing.T, v visit)) {
	for _, v := range visits() {
		if !wanted(v) {
			continue
		}
		t.Run(v.String(), func(t *testing.T) {
			t.Parallel()
			test(t, v)
		})
	}
}

// all wants every page in every language and width.
func all(visit) bool { return true }
