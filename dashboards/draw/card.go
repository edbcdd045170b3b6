package draw

import (
	"fmt"
	"html"
	"strings"
)

// Card is a picture of a page for those who show links to it: the site's name, the page's title, what its main figure
// says, and that figure.
type Card struct {
	Language string
	Site     string
	Title    string
	Headline string
	Options  []byte // of the chart, as its page has them
	Height   int    // of the chart on its page, in pixels
}

// CardWidth and CardHeight are the size of a card in pixels, as most who show links want it.
const (
	CardWidth  = 1200
	CardHeight = 630
)

// The measures of a card, in pixels, and how large its chart is to that of the page: a tall one has its rows closer
// rather than words that nobody can read.
const (
	cardBand   = 72
	cardMargin = 40
	cardRoom   = CardWidth - 2*cardMargin
	cardMost   = 1.6
	cardLeast  = 0.8
)

var (
	cardSite     = style{34, 0, "bold", "#ffffff"}
	cardTitle    = style{38, 44, "bold", "#0b0c0c"}
	cardHeadline = style{24, 30, "normal", "#484949"}
)

// SVG is the card as a drawing. The same card is the same bytes.
func (c Card) SVG(d *Drawer) ([]byte, error) {
	var body strings.Builder
	text := func(text string, s style, y int) {
		fmt.Fprintf(&body, `<text x="%d" y="%d" font-size="%d" font-weight="%s" fill="%s">%s</text>`,
			cardMargin, y, s.size, s.weight, s.colour, html.EscapeString(text))
	}
	fmt.Fprintf(&body, `<rect width="%d" height="%d" fill="#12436d"/>`, CardWidth, cardBand)
	text(c.Site, cardSite, cardBand-cardBand/3)
	y := cardBand + cardMargin/2
	for _, part := range []struct {
		text string
		style
		most int
	}{{c.Title, cardTitle, 2}, {c.Headline, cardHeadline, 2}} {
		for _, line := range atMost(lines(part.text, float64(part.size), cardRoom), part.most) {
			text(line, part.style, y+part.size)
			y += part.line
		}
		y += 8
	}
	y += 12
	left := CardHeight - cardMargin/2 - y
	scale := max(cardLeast, min(cardMost, float64(left)/float64(c.Height)))
	chart, err := d.chart(c.Options, int(cardRoom/scale), int(float64(left)/scale))
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(&body, `<g transform="translate(%d %d) scale(%.4f)">%s</g>`, cardMargin, y, scale, chart)
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" `+
		`lang="%s" font-family="%s"><rect width="100%%" height="100%%" fill="#ffffff"/>%s</svg>`,
		CardWidth, CardHeight, CardWidth, CardHeight, c.Language, fontFamily, body.String()), nil
}

// atMost are the first lines of a text. The last one says where the others were left off.
func atMost(lines []string, most int) []string {
	if len(lines) <= most {
		return lines
	}
	lines = lines[:most:most]
	lines[most-1] = strings.TrimRight(lines[most-1], " ,;:.") + " …"
	return lines
}
