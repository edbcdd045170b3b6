package site

import (
	"net/url"
	"slices"
	"strconv"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// mapView is one thing said of every current area, each a tile at its place on the map, and the same as a table.
type mapView struct {
	view.Base
	Finding    string
	Warning    string
	Subject    string
	Subtitle   string
	Programmes []programmeChoice
	Programme  string
	Measure    *view.Field       // nil for a statistic
	Scales     []programmeChoice // where the measure was given on several
	Theme      []view.Link       // the same theme under other programmes
	Indicator  *view.Field       // nil where there is no statistic to show
	Legend     []mapKey
	Newer      string // how many areas have a newer result under another programme; empty for none
	Regions    []mapRegion
	Off        []view.Link // areas that have no tile
	Table      view.Table
}

// Parts returns the figures and tables of the page.
func (p *mapView) Parts() (parts view.Parts) {
	parts.AddTables(&p.Table)
	for _, f := range []*view.Field{p.Measure, p.Indicator} {
		if f != nil {
			parts.AddFields(f)
		}
	}
	return parts
}

// mapKey is a line of the legend. Class is how tiles of it are painted: 1 to 4, or what is absent.
type mapKey struct {
	Class string
	Mark  string
	Text  string
	Count string
}

type mapRegion struct {
	ID    string
	Name  string
	Tiles []mapTile
}

// mapTile is an area on the map: its letters, the mark of its class, and all of it in words.
type mapTile struct {
	Label  string
	Class  string
	Mark   string
	Name   string
	Href   string
	Across int
	Down   int
	East   bool // the next tile to the east is of another region
	South  bool // so is the next one to the south
	Newer  bool // the area has a newer result under another programme
}

// leastOnMap is how many areas a statistic is published of to be offered as a map.
const leastOnMap = 20

func mapPage(req *Request) (Page, error) {
	q, err := mapQueryOf(req)
	if err != nil {
		return nil, err
	}
	m, err := req.snapshot.Map(q)
	if err != nil {
		return nil, err
	}
	w := req.words
	p := mapView{Programme: m.Programme, Finding: mapFinding(w, m), Legend: mapLegend(w, m), Table: mapTable(req, m)}
	p.subject(req, m)
	if err := p.choices(req, m); err != nil {
		return nil, err
	}
	for _, place := range req.snapshot.Places() {
		if place.Group == analytics.GroupRegion {
			p.Regions = append(p.Regions, mapRegion{ID: place.ID, Name: place.Name.In(req.tag)})
		}
	}
	region := make(map[[2]int]string)
	for _, x := range m.Areas {
		if t := x.Area.Tile; t != nil {
			region[[2]int{t.Across, t.Down}] = x.Area.Region
		}
	}
	newer := 0
	for _, x := range m.Areas {
		tile := mapTileOf(w, m, x)
		if i, ok := newerElsewhere(req.snapshot, m.Programme, x.Area.ID); ok && x.Class > 0 {
			said, _ := inspectionFinding(req, i)
			tile.Newer = true
			tile.Name += "; " + w.Say("map.newer_tile", "Programme", w.Say("programme."+i.Programme+".short"), "Said", said)
			newer++
		}
		east, south := region[[2]int{tile.Across + 1, tile.Down}], region[[2]int{tile.Across, tile.Down + 1}]
		tile.East, tile.South = east != "" && east != x.Area.Region, south != "" && south != x.Area.Region
		if x.Area.Tile == nil {
			p.Off = append(p.Off, view.Link{Text: tile.Name, Href: tile.Href})
			continue
		}
		for n := range p.Regions {
			if p.Regions[n].ID == x.Area.Region {
				p.Regions[n].Tiles = append(p.Regions[n].Tiles, tile)
			}
		}
	}
	if newer > 0 {
		p.Newer = w.Say("map.newer", "Count", newer)
	}
	p.Base = view.Base{Title: w.Say("map.title", "Subject", p.Subject), Description: p.Finding}
	return &p, nil
}

// newerElsewhere returns an area's newest inspection where it is of another programme than this; false where it is not,
// where that is not known, and of a map without a programme.
func newerElsewhere(s *analytics.Snapshot, programme, area string) (analytics.Inspection, bool) {
	latest, known := s.Latest(area)
	if programme == "" || !known || latest[0].Programme == programme || len(latest[0].Results) == 0 {
		return analytics.Inspection{}, false
	}
	return latest[0], true
}

// mapQueryOf reads the page's parameters; what they name and the record does not have is said of the parameter.
func mapQueryOf(req *Request) (analytics.MapQuery, error) {
	q := analytics.MapQuery{
		Programme: req.query.Get("programme"),
		Measure:   req.query.Get("measure"),
		Scale:     req.query.Get("scale"),
		Indicator: req.query.Get("indicator"),
	}
	if q.Programme == "" {
		return q, nil
	}
	if _, err := req.snapshot.Programme(q.Programme); err != nil {
		return q, &analytics.InvalidError{Field: "programme", Kind: "programme", Value: q.Programme}
	}
	if q.Measure != "" {
		if _, err := req.snapshot.Measure(q.Programme, q.Measure); err != nil {
			return q, &analytics.InvalidError{Field: "measure", Kind: "measure", Value: q.Measure}
		}
	}
	return q, nil
}

// subject says what is shown, of what programme or period.
func (p *mapView) subject(req *Request, m analytics.AreaMap) {
	w := req.words
	if m.Indicator != "" {
		p.Subject, p.Subtitle = w.Indicator(m.Indicator), w.Say("map.subtitle_indicator")
		if m.Period.Indicator != "" {
			p.Subject += ", " + w.Period(m.Period)
		}
		if m.Period.Basis != "" {
			p.Subject += ", " + w.Basis(m.Period.Basis)
		}
		return
	}
	p.Subject = w.Measure(m.Programme, m.Measure) + ", " + w.Programme(m.Programme)
	p.Subtitle = w.Say("map.subtitle_results")
	if len(m.Classes) > 0 && m.Classes[0].Word != "" && m.Classes[0].Lowest != nil {
		p.Subtitle += " " + w.Say("map.bands_inferred")
	}
	if programme, err := req.snapshot.Programme(m.Programme); err == nil &&
		programme.Sampling == analytics.SamplingTargeted {
		p.Warning = w.Say("benchmarks.targeted", "Programme", w.Programme(m.Programme))
	}
}

func (p *mapView) choices(req *Request, m analytics.AreaMap) error {
	w := req.words
	for _, programme := range req.snapshot.Programmes() {
		if programme.Results > 0 {
			p.Programmes = append(p.Programmes, programmeChoice{
				ID:       programme.ID,
				Name:     capital(w.Say("programme." + programme.ID + ".short")),
				Count:    programme.Inspections,
				Href:     w.URL("/map?programme=" + programme.ID),
				Selected: programme.ID == m.Programme,
			})
		}
	}
	theme := ""
	measure := view.Field{Name: "measure", Label: w.Say("benchmarks.measure"), Empty: true}
	for _, of := range req.snapshot.Measures(m.Programme) {
		measure.Choices = append(measure.Choices,
			view.Option{Value: of.ID, Text: w.Measure(m.Programme, of.ID), Selected: of.ID == m.Measure})
		if of.ID == m.Measure {
			theme = of.Theme
		}
	}
	if len(measure.Choices) > 0 {
		p.Measure = &measure
	}
	if len(m.Scales) > 1 {
		for _, scale := range m.Scales {
			p.Scales = append(
				p.Scales,
				programmeChoice{ID: scale, Name: w.Say("scale." + scale), Selected: scale == m.Scale,
					Href: w.URL("/map?programme=" + m.Programme + "&measure=" + m.Measure + "&scale=" + scale)},
			)
		}
	}
	for _, programme := range req.snapshot.Programmes() {
		for _, of := range req.snapshot.Measures(programme.ID) {
			if theme != "" && of.Theme == theme && of.Primary && programme.ID != m.Programme &&
				programme.Results > 0 {
				p.Theme = append(
					p.Theme,
					view.Link{Text: w.Programme(programme.ID) + ": " + w.Measure(programme.ID, of.ID),
						Href: w.URL("/map?programme=" + programme.ID + "&measure=" + of.ID)},
				)
			}
		}
	}
	indicator := view.Field{Name: "indicator", Label: w.Say("map.by_indicator"), Empty: true}
	for _, id := range req.snapshot.Indicators() {
		areas, err := req.snapshot.AreasOnMap(id)
		if err != nil {
			return err
		}
		if areas >= leastOnMap || id == m.Indicator {
			indicator.Choices = append(indicator.Choices,
				view.Option{Value: id, Text: w.Indicator(id), Selected: id == m.Indicator})
		}
	}
	if len(indicator.Choices) > 0 {
		if m.Programme != "" {
			indicator.Choices = slices.Insert(indicator.Choices, 0, view.Option{Text: w.Say("map.no_indicator")})
		}
		p.Indicator = &indicator
	}
	return nil
}

// mapTable is the map as a table, areas in the order of the language.
func mapTable(req *Request, m analytics.AreaMap) view.Table {
	w := req.words
	last := view.Column{Label: w.Say("table.inspection")}
	query := url.Values{"programme": {m.Programme}, "measure": {m.Measure}, "scale": {m.Scale}}
	t := view.Table{ID: "areas", Compact: true, Caption: w.Say("map.table"), From: w.ComputedFrom(m.Programme)}
	if m.Indicator != "" {
		last.Label, t.From = w.Say("provenance.source"), nil
		query = url.Values{"indicator": {m.Indicator}}
	}
	query.Set("format", "csv")
	t.CSV = "/api/v1/map?" + query.Encode()
	t.Columns = []view.Column{
		{Label: w.Say("fact.area")},
		{Label: w.Say("map.tile")},
		{Label: w.Say("fact.region")},
		{Label: w.Say("map.shown")},
		last,
	}
	byID := make(map[string]analytics.MapArea, len(m.Areas))
	areas := make([]analytics.Area, len(m.Areas))
	for n, x := range m.Areas {
		byID[x.Area.ID], areas[n] = x, x.Area
	}
	for _, a := range req.byName(areas) {
		x := byID[a.ID]
		label, from := "–", view.Text("–")
		if a.Tile != nil {
			label = a.Tile.Label
		}
		switch {
		case x.Inspection != nil:
			from = view.Cell{Text: w.Inspection(*x.Inspection), Link: w.URL("/inspections/" + x.Inspection.ID)}
		case x.Observation != nil:
			from = view.Cell{Links: w.Sites(x.Observation.Sources)}
		}
		t.NewRow(false, view.Cell{Text: a.Name.In(req.tag), Link: w.URL("/areas/" + a.ID)}, view.Text(label),
			view.Text(w.Group(analytics.GroupRegion, a.Region)), mapCell(w, m, x), from)
	}
	return t
}

// mapCell is what the map shows of an area: a rating with its steps, or words.
func mapCell(w *view.Words, m analytics.AreaMap, x analytics.MapArea) view.Cell {
	cell := view.Text(mapSaid(w, m, x))
	if x.Class > 0 && x.Result != nil && x.Result.Rating != "" {
		cell = view.Cell{
			Text:   w.Level(x.Result.Scale, x.Result.Rating),
			Kind:   "rating",
			Rating: "rating--" + strconv.Itoa(x.Class),
			Small:  w.Date(x.Inspection.Published),
		}
	}
	return cell
}
