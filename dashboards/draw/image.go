package draw

import (
	"fmt"
	"html"
	"strings"
)

// Image is a chart with all that it needs to be understood away from its page. Foot has a line each for where it
// comes from: sources, release, licence.
type Image struct {
	Language string
	Headline string
	Subtitle string
	Summary  string // said to those who cannot see the chart
	Options  []byte // of the chart, as its page has them
	Height   int    // of the chart, in pixels
	Foot     []string
}

// The measures of an image, in pixels.
const (
	imageWidth = 960
	margin     = 24
	room       = imageWidth - 2*margin
)

// style is how a paragraph of an image is set: the size of its type and from one line to the next, in pixels.
type style struct {
	size, line int
	weight     string
	colour     string
}

var (
	headline = style{24, 30, "bold", "#0b0c0c"}
	subtitle = style{16, 22, "normal", "#484949"}
	foot     = style{13, 18, "normal", "#484949"}
)

// SVG is the image as a file of its own. The same image is the same bytes.
func (d *Drawer) SVG(i Image) ([]byte, error) {
	chart, err := d.chart(i.Options, room, i.Height)
	if err != nil {
		return nil, err
	}
	var body strings.Builder
	y := margin
	y = paragraph(&body, i.Headline, headline, y)
	y = paragraph(&body, i.Subtitle, subtitle, y+4)
	y += 14
	fmt.Fprintf(&body, `<svg x="%d" y="%d" %s`, margin, y, strings.TrimPrefix(chart, "<svg "))
	y += i.Height + 14
	for _, line := range i.Foot {
		y = paragraph(&body, line, foot, y)
	}
	y += margin - foot.line/2
	return fmt.Appendf(
		nil,
		`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" `+
			`role="img" lang="%s" font-family="%s">`+
			`<title>%s</title><desc>%s</desc><rect width="%d" height="%d" fill="#ffffff"/>%s</svg>`+"\n",
		imageWidth,
		y,
		imageWidth,
		y,
		i.Language,
		fontFamily,
		html.EscapeString(i.Headline),
		html.EscapeString(i.Summary),
		imageWidth,
		y,
		body.String(),
	), nil
}

// paragraph sets a text from y downwards and gives where it ends.
func paragraph(body *strings.Builder, text string, s style, y int) int {
	for _, line := range lines(text, float64(s.size), room) {
		fmt.Fprintf(body, `<text x="%d" y="%d" font-size="%d" font-weight="%s" fill="%s">%s</text>`, margin, y+s.size,
			s.size, s.weight, s.colour, html.EscapeString(line))
		y += s.line
	}
	return y
}
