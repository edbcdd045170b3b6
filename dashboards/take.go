package dashboards

import (
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"yardstick/analytics"
	"yardstick/dashboards/draw"
	"yardstick/dashboards/export"
	"yardstick/dashboards/export/datapackage"
	"yardstick/dashboards/view"
)

const (
	formatSVG = "svg"
	typeSVG   = "image/svg+xml"
)

// part answers requests for parts of pages in one language: files under takeRoot, figures to be framed under embedRoot.
func (s *Server) part(tag string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		e := s.current.Load()
		if e == nil {
			return errNoRelease
		}
		return s.partOf(c, e, visit{tag: tag}, strings.TrimPrefix(c.Path(), strings.TrimSuffix(pathIn(tag, "/"), "/")))
	}
}

// partOf answers with the part of a page at a path without its language, of the release that v asks for. e is current.
func (s *Server) partOf(c *fiber.Ctx, e *edition, v visit, path string) error {
	rest, framed := strings.CutPrefix(path, embedRoot)
	if !framed {
		rest = strings.TrimPrefix(path, takeRoot)
	}
	p, id, of, ok := partAt(rest, framed)
	if !ok {
		return &analytics.NotFoundError{Kind: "page", ID: shownPath(c.Path())}
	}
	asked, err := visitOf(c, v.tag, p, id)
	if err != nil {
		return notClean(err, p, id)
	}
	asked.release, asked.older = v.release, v.older
	root, more := embedRoot, "/"+of.id
	if !framed {
		root, more = takeRoot, more+"."+of.format
	}
	r, err := e.get(asked.addressOf(permanentPath(v.release)+root, more), s.inTurn(p.heavy, func() (*rendered, error) {
		return s.taken(e, &asked, of)
	}))
	if err != nil {
		return err
	}
	if framed {
		c.Set(fiber.HeaderContentSecurityPolicy, framedPolicy)
	}
	return send(c, r)
}

// taken makes a part of a page: a figure's image or frame, or a table's file.
func (s *Server) taken(e *edition, v *visit, of part) (*rendered, error) {
	content, err := s.content(e, v)
	if err != nil {
		return nil, err
	}
	whole, base, err := s.renderer.completed(v, content)
	if err != nil {
		return nil, err
	}
	figures, tables := view.Parts(whole)
	if of.format == "" || of.format == formatSVG {
		for _, f := range figures {
			if f.ID != of.id {
				continue
			}
			if of.format == "" {
				return s.renderer.framed(v, *base, *f)
			}
			if len(f.Options) > 0 {
				return take(s.drawing, func() (*rendered, error) { return s.image(v, *base, *f) })
			}
		}
		return nil, &analytics.NotFoundError{Kind: "part", ID: of.id}
	}
	format, known := export.Find(of.format)
	if !known || format.Name != export.CSV && format.Name != export.XLSX {
		return nil, &analytics.NotFoundError{Kind: "part", ID: shown(of.id + "." + of.format)}
	}
	for _, t := range tables {
		if t.ID == of.id {
			return s.tableFile(v, *base, *t, format)
		}
	}
	return nil, &analytics.NotFoundError{Kind: "part", ID: of.id}
}

// tableFile is a table of a page as a file.
func (s *Server) tableFile(v *visit, base view.Base, t view.Table, format export.Format) (*rendered, error) {
	table := tableToTake(v.words, base, t)
	content, err := format.File(table, datapackage.Origin(v.snapshot.Release()))
	if err = errors.Join(err, v.words.Err()); err != nil {
		return nil, err
	}
	return s.renderer.body(content, format.Type, takenName(v, t.ID, format.Name), format.Packed())
}

// takenName is what a part of a page is called as a file.
func takenName(v *visit, id, extension string) string {
	name := v.page.name
	if v.id != "" {
		name = v.id
	}
	return datapackage.FileName(v.snapshot.Release(), name+"-"+id, extension)
}

// heights are those of the charts on pages, in pixels, by size.
var heights = map[string]int{"s": 220, "m": 340, "l": 480, "xl": 640}

// image is a figure as an image that can be understood away from its page.
func (s *Server) image(v *visit, base view.Base, f view.Figure) (*rendered, error) {
	w := v.words
	i := draw.Image{Language: v.tag, Headline: f.Headline, Subtitle: f.Subtitle, Summary: f.Summary, Options: f.Options, Height: heights[f.Size]}
	i.Foot = []string{sourceLine(w, base, f), base.Cite.Short + " " + base.Cite.Address, w.Say("take.licence")}
	if err := w.Err(); err != nil {
		return nil, err
	}
	content, err := s.drawer.SVG(i)
	if err != nil {
		return nil, err
	}
	return s.renderer.body(content, typeSVG, takenName(v, f.ID, formatSVG), false)
}

// mostNamed is how many documents an image names; its address leads to all of them.
const mostNamed = 3

// sourceLine names the documents that a figure was read from.
func sourceLine(w *view.Words, base view.Base, f view.Figure) string {
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
