package download

import (
	"strings"

	"yardstick/dashboards/cache"
	"yardstick/dashboards/draw"
	"yardstick/dashboards/site"
	"yardstick/dashboards/view"
)

// SVG is the format of images, and PNG that of cards.
const (
	SVG = "svg"
	PNG = "png"
)

// Image returns a figure of a page as an image that can be understood away from its page.
func Image(drawer *draw.Drawer, p *site.Built, f view.Figure) (*cache.Body, error) {
	w := p.Words()
	i := draw.Image{Language: p.Language(), Headline: f.Headline, Subtitle: f.Subtitle, Summary: f.Summary,
		Options: f.Options, Height: f.Height()}
	i.Foot = []string{
		sourceLine(w, p.Common(), f),
		p.Common().Cite.Short + " " + p.Common().Cite.Address,
		w.Say("take.licence"),
	}
	if err := w.Err(); err != nil {
		return nil, err
	}
	content, err := drawer.SVG(i)
	if err != nil {
		return nil, err
	}
	body, err := cache.Compress(content, "image/svg+xml", cache.OnDemand)
	if err != nil {
		return nil, err
	}
	body.FileName = p.FileName(f.ID, SVG)
	return body, nil
}

// Card returns a figure of a page as the picture that those show who link to the page.
func Card(drawer *draw.Drawer, raster *draw.Raster, p *site.Built, f view.Figure) (*cache.Body, error) {
	svg, err := draw.Card{Language: p.Language(), Site: site.Name, Title: p.Common().Title, Headline: f.Headline,
		Options: f.Options, Height: f.Height()}.SVG(drawer)
	if err != nil {
		return nil, err
	}
	content, err := raster.PNG(svg)
	if err != nil {
		return nil, err
	}
	return cache.Store(content, "image/png"), nil
}

// mostNamed is how many documents an image names; its address leads to all of them.
const mostNamed = 3

// sourceLine names the documents that a figure was read from.
func sourceLine(w *view.Words, base *view.Base, f view.Figure) string {
	var names []string
	for _, source := range f.Sources[:min(len(f.Sources), mostNamed)] {
		names = append(names, source.Text)
	}
	text := strings.Join(names, "; ")
	switch rest := len(f.Sources) - len(names); {
	case text == "":
		return w.Say("take.sources_listed", "Page", base.Title)
	case rest > 0:
		return w.Say("source.label") + " " + text + "; " + w.Say("take.sources_more", "Count", rest)
	}
	return w.Say("source.label") + " " + text
}
