package site

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// overviewView is every present area beside every measure of a programme, or beside the published statistics.
type overviewView struct {
	view.Base
	Finding string
	Notes   []string
	Shows   []programmeChoice
	Show    string
	Fields  []view.Field
	Shown   string
	Across  int  // columns, that of the areas among them
	Words   bool // its columns are few, so that cells have room for words
	First   overviewColumn
	Columns []overviewColumn
	Groups  []overviewGroup
	Legend  []mapKey
	Signs   []string // what the signs beside marks are
	Table   view.Table
}

// Parts returns the figures and tables of the page.
func (p *overviewView) Parts() (parts view.Parts) {
	parts.AddTables(&p.Table)
	parts.AddFields(view.Pointers(p.Fields)...)
	return parts
}

// overviewColumn is the header of a column: its name, that in full, and the address that puts it in order.
type overviewColumn struct {
	Label string
	Full  string // empty where Label says it all
	About string
	Href  string
	Sort  string // ascending or descending where the rows are in its order
	Count string // how many areas are where
}

// overviewGroup are the rows of a region; of all areas where it has no name.
type overviewGroup struct {
	ID   string
	Name string
	Rows []overviewRow
}

type overviewRow struct {
	Area  view.Link
	Newer []view.Link
	Cells []overviewCell
}

// overviewCell is what is said of an area in a column: a mark with its paint, and all of it in words.
type overviewCell struct {
	Class string
	Mark  string
	Sign  string
	Said  string
	Href  string
	None  bool // nothing is known
}

// Overviews that are no programme's, and how their rows are put.
const (
	showStatistics = "statistics"

	orderUp    = "up"
	orderDown  = "down"
	byRegion   = "region"
	inOneList  = "none"
	sortByArea = "area"
)

// overviewChoice is what a reader asks the page for.
type overviewChoice struct {
	show   string
	region string
	find   string
	sort   string // sortByArea or the key of a column
	order  string
	group  string
}

func overviewPage(req *Request) (Page, error) {
	c, o, err := overviewOf(req)
	if err != nil {
		return nil, err
	}
	w := req.words
	p := overviewView{Show: c.show, Words: len(o.Columns) <= mostWithWords && o.Programme != ""}
	rows := o.Rows
	o.Rows = overviewRows(req, c, o)
	if p.Finding, p.Notes, err = overviewFinding(req, o, rows); err != nil {
		return nil, err
	}
	p.Shown = w.Say("overview.shown", "Count", len(o.Rows), "Of", len(rows))
	p.choices(req, c, o)
	p.First = p.header(req, c, sortByArea, w.Say("fact.area"))
	for _, m := range o.Columns {
		column := p.header(req, c, columnKey(m), columnName(w, m))
		if short, ok := columnShort(w, m); ok {
			column.Full, column.Label = column.Label, short
		}
		column.About, column.Count = columnAbout(w, m), columnCount(w, o, len(p.Columns))
		p.Columns = append(p.Columns, column)
	}
	p.Across = 1 + len(p.Columns)
	p.groups(req, c, o)
	p.Legend, p.Signs = overviewLegend(req, o), overviewSigns(w, o)
	p.Table = overviewTable(req, c, o)
	title := w.Say("overview.title_statistics")
	if o.Programme != "" {
		title = w.Say("overview.title", "Programme", w.Programme(o.Programme))
	}
	p.Base = view.Base{Title: title, Description: p.Finding, Data: overviewAnswer(w, c, "json")}
	return &p, nil
}

// mostWithWords is how many columns have room for the words of their cells.
const mostWithWords = 7

// overviewOf reads the page's parameters and asks for what they name.
func overviewOf(req *Request) (c overviewChoice, o analytics.Overview, err error) {
	c = overviewChoice{show: cmp.Or(req.query.Get("show"), req.snapshot.WidestProgramme()),
		region: req.query.Get("region"), find: req.query.Get("find"), sort: cmp.Or(req.query.Get("sort"), sortByArea),
		order: cmp.Or(req.query.Get("order"), orderUp), group: cmp.Or(req.query.Get("group"), byRegion)}
	if c.show == showStatistics {
		o, err = req.snapshot.StatisticsOverview()
	} else if o, err = req.snapshot.ProgrammeOverview(c.show); isMissing(err) {
		err = &analytics.InvalidError{Field: "show", Kind: "programme", Value: c.show}
	}
	if err != nil {
		return c, o, err
	}
	regional := req.snapshot.Place(analytics.GroupRegion, c.region).ID != ""
	column := slices.ContainsFunc(o.Columns, func(m analytics.AreaMap) bool { return columnKey(m) == c.sort })
	for _, check := range []struct {
		field, kind, value string
		ok                 bool
	}{
		{"region", "region", c.region, c.region == "" || regional},
		{"sort", "column", c.sort, c.sort == sortByArea || column},
		{"order", "order", c.order, c.order == orderUp || c.order == orderDown},
		{"group", "overview_group", c.group, c.group == byRegion || c.group == inOneList},
	} {
		if !check.ok {
			return c, o, &analytics.InvalidError{Field: check.field, Kind: check.kind, Value: check.value}
		}
	}
	return c, o, nil
}

// columnKey is what addresses call a column.
func columnKey(m analytics.AreaMap) string {
	switch {
	case m.Indicator != "":
		return m.Indicator
	case len(m.Scales) > 0 && m.Scale != m.Scales[len(m.Scales)-1]:
		return m.Measure + "." + m.Scale
	}
	return m.Measure
}

// columnName names a column, and its scale where the measure has another one too.
func columnName(w *view.Words, m analytics.AreaMap) string {
	switch {
	case m.Indicator != "":
		return w.Indicator(m.Indicator)
	case len(m.Scales) > 1:
		return w.Measure(m.Programme, m.Measure) + ": " + w.Say("scale."+m.Scale)
	}
	return w.Measure(m.Programme, m.Measure)
}

// columnShort is a name of a column for where there is little room; false where it has none but its own.
func columnShort(w *view.Words, m analytics.AreaMap) (string, bool) {
	key := "overview.short." + m.Programme + "_" + m.Measure
	if m.Indicator != "" {
		key = "overview.short." + m.Indicator
	}
	if !w.Has(key) {
		return "", false
	}
	return w.Say(key), true
}

// columnAbout says of which period figures are, or on which of several scales results are.
func columnAbout(w *view.Words, m analytics.AreaMap) string {
	switch {
	case m.Indicator != "":
		return w.Period(m.Period)
	case len(m.Scales) > 1:
		return scaleShort(w, m.Scale)
	}
	return ""
}

// scaleShort is a scale in few words, where it has such.
func scaleShort(w *view.Words, scale string) string {
	if key := "overview.scale." + scale; w.Has(key) {
		return w.Say(key)
	}
	return w.Say("scale." + scale)
}

// columnCount says how many areas have each word, or lie which way.
func columnCount(w *view.Words, o analytics.Overview, at int) string {
	m := o.Columns[at]
	var parts []string
	if m.Indicator == "" {
		for n := range slices.Backward(m.Classes) {
			areas := 0
			for _, row := range o.Rows {
				if row.Cells[at].Class == n+1 {
					areas++
				}
			}
			if areas > 0 {
				parts = append(parts, w.Number(float64(areas), 0)+" "+mapMark(w, m, n+1, ""))
			}
		}
		return strings.Join(parts, ", ")
	}
	for _, beside := range besides {
		areas := 0
		for _, row := range o.Rows {
			if cell := row.Cells[at]; besideSaid(cell.Beside) == beside.said {
				areas++
			}
		}
		if areas > 0 {
			parts = append(parts, w.Number(float64(areas), 0)+" "+beside.mark)
		}
	}
	return strings.Join(parts, ", ")
}

// besides are the ways that a figure may lie to its nation's, as the page says them, and the mark of each.
var besides = []struct{ said, mark string }{{"above", "▲"}, {"similar", "="}, {"below", "▼"}, {"unclear", "?"}}

// besideSaid is what the page says of a way that a figure may lie; empty where it has nothing to lie to.
func besideSaid(b analytics.Beside) string {
	switch b {
	case analytics.BesideOuter, analytics.BesideUnknown:
		return "unclear"
	}
	return string(b)
}

// besidePaint is how a cell of a figure is painted: as the best word, as the worst, or as neither.
func besidePaint(better analytics.Polarity, b analytics.Beside) string {
	switch {
	case b == analytics.BesideAbove && better == analytics.BetterLow,
		b == analytics.BesideBelow && better == analytics.BetterHigh:
		return "1"
	case b == analytics.BesideAbove || b == analytics.BesideBelow:
		return "4"
	case b == analytics.BesideSimilar:
		return "q1"
	}
	return "unclear"
}

func (p *overviewView) header(req *Request, c overviewChoice, key, label string) overviewColumn {
	column := overviewColumn{Label: label}
	order := orderUp
	if c.sort == key {
		column.Sort = map[string]string{orderUp: "ascending", orderDown: "descending"}[c.order]
		if c.order == orderUp {
			order = orderDown
		}
	}
	other := *req
	other.query = make(url.Values, len(req.query)+1)
	maps.Copy(other.query, req.query)
	other.query.Set("sort", key)
	other.query.Set("order", order)
	column.Href = other.under(req.within())
	return column
}

// overviewRows are the rows of a region or of areas by a part of their names, in the order asked for. What is not known
// comes last either way.
func overviewRows(req *Request, c overviewChoice, o analytics.Overview) []analytics.OverviewRow {
	var rows []analytics.OverviewRow
	for _, row := range o.Rows {
		if (c.region == "" || row.Area.Region == c.region) && row.Area.Called(c.find) {
			rows = append(rows, row)
		}
	}
	names := collate.New(language.Make(req.tag))
	byName := func(a, b analytics.OverviewRow) int {
		return names.CompareString(a.Area.Name.In(req.tag), b.Area.Name.In(req.tag))
	}
	at := slices.IndexFunc(o.Columns, func(m analytics.AreaMap) bool { return columnKey(m) == c.sort })
	slices.SortStableFunc(rows, func(a, b analytics.OverviewRow) int {
		if at < 0 {
			if c.order == orderDown {
				return byName(b, a)
			}
			return byName(a, b)
		}
		x, knownX := a.Cells[at].Value()
		y, knownY := b.Cells[at].Value()
		switch {
		case knownX && knownY && c.order == orderDown:
			return cmp.Or(cmp.Compare(y, x), byName(a, b))
		case knownX && knownY:
			return cmp.Or(cmp.Compare(x, y), byName(a, b))
		case knownX:
			return -1
		case knownY:
			return 1
		}
		return byName(a, b)
	})
	return rows
}

func (p *overviewView) choices(req *Request, c overviewChoice, o analytics.Overview) {
	w := req.words
	for _, programme := range req.snapshot.Programmes() {
		if programme.Results > 0 {
			p.Shows = append(p.Shows, programmeChoice{Name: capital(w.Say("programme." + programme.ID + ".short")),
				Href: w.URL("/overview?show=" + programme.ID), Selected: programme.ID == c.show})
		}
	}
	p.Shows = append(p.Shows, programmeChoice{Name: w.Say("benchmarks.statistics"), Selected: c.show == showStatistics,
		Href: w.URL("/overview?show=" + showStatistics)})
	regions := view.Field{Name: "region", Empty: true, Label: w.Say("fact.region"),
		Choices: []view.Option{{Text: w.Say("overview.all_regions"), Selected: c.region == ""}}}
	for _, place := range req.snapshot.Places() {
		if place.Group == analytics.GroupRegion {
			regions.Choices = append(regions.Choices,
				view.Option{Value: place.ID, Text: place.Name.In(req.tag), Selected: place.ID == c.region})
		}
	}
	sorts := view.Field{Name: "sort", Label: w.Say("overview.sort"),
		Choices: []view.Option{{Value: sortByArea, Text: w.Say("overview.by_name"), Selected: c.sort == sortByArea}}}
	for _, m := range o.Columns {
		sorts.Choices = append(sorts.Choices,
			view.Option{Value: columnKey(m), Text: columnName(w, m), Selected: columnKey(m) == c.sort})
	}
	orders := view.Field{Name: "order", Label: w.Say("overview.order")}
	for _, order := range []string{orderUp, orderDown} {
		orders.Choices = append(orders.Choices,
			view.Option{Value: order, Text: w.Say("overview." + order), Selected: order == c.order})
	}
	groups := view.Field{Name: "group", Label: w.Say("overview.group")}
	for _, group := range []string{byRegion, inOneList} {
		groups.Choices = append(groups.Choices,
			view.Option{Value: group, Text: w.Say("overview.group_" + group), Selected: group == c.group})
	}
	find := view.Field{Name: "find", Label: w.Say("overview.find"), Value: c.find, Longest: 64}
	p.Fields = []view.Field{find, regions, sorts, orders, groups}
}

// groups puts the rows under their regions, or all under none.
func (p *overviewView) groups(req *Request, c overviewChoice, o analytics.Overview) {
	w := req.words
	for _, row := range o.Rows {
		group := overviewGroup{ID: "all"}
		if c.group == byRegion {
			group.ID, group.Name = row.Area.Region, w.Group(analytics.GroupRegion, row.Area.Region)
		}
		at := slices.IndexFunc(p.Groups, func(g overviewGroup) bool { return g.ID == group.ID })
		if at < 0 {
			at = len(p.Groups)
			p.Groups = append(p.Groups, group)
		}
		out := overviewRow{Area: view.Link{Text: row.Area.Name.In(req.tag), Href: w.URL("/areas/" + row.Area.ID)}}
		for _, i := range row.Newer {
			out.Newer = append(out.Newer, view.Link{Href: w.URL("/inspections/" + i.ID),
				Text: w.Say("overview.newer", "Programme", w.Say("programme."+i.Programme+".short"))})
		}
		for n, cell := range row.Cells {
			out.Cells = append(out.Cells, overviewCellOf(req, o.Columns[n], cell))
		}
		p.Groups[at].Rows = append(p.Groups[at].Rows, out)
	}
	names := collate.New(language.Make(req.tag))
	slices.SortStableFunc(p.Groups, func(a, b overviewGroup) int { return names.CompareString(a.Name, b.Name) })
}

// The signs beside marks: a day of publication that is not known, and a figure of another period.
const (
	signUndated = "°"
	signOther   = "†"
)

func overviewCellOf(req *Request, m analytics.AreaMap, cell analytics.OverviewCell) overviewCell {
	w := req.words
	if m.Indicator != "" {
		return statisticCellOf(req, m, cell)
	}
	out := overviewCell{Class: mapClass(cell.MapArea), Mark: mapMark(w, m, cell.Class, cell.Absence),
		Said: overviewSaid(w, m, cell), None: cell.Class == 0}
	if cell.Inspection != nil {
		out.Href = w.URL("/inspections/" + cell.Inspection.ID)
		if !out.None && cell.Inspection.Published.Year == 0 {
			out.Sign = signUndated
		}
	}
	switch {
	case cell.Class > 0 && cell.Result.Percent != nil:
		out.Mark = w.Percent(*cell.Result.Percent)
	case cell.Absence == analytics.MapCensored && cell.Result.Rating != "":
		out.Mark, out.None = w.Say("map.mark."+cell.Result.Rating)+out.Mark, false
	}
	return out
}

// overviewSaid is what the map says of a result, with the bounds of its day where that is not known.
func overviewSaid(w *view.Words, m analytics.AreaMap, cell analytics.OverviewCell) string {
	if cell.Class == 0 || cell.Inspection.Published.Year > 0 {
		return mapSaid(w, m, cell.MapArea)
	}
	return w.Score(*cell.Result) + ", " + w.Published(*cell.Inspection)
}

// statisticCellOf is a figure with how it lies to that of its nation, or why there is none.
func statisticCellOf(req *Request, m analytics.AreaMap, cell analytics.OverviewCell) overviewCell {
	w := req.words
	if cell.Observation == nil {
		return overviewCell{Class: string(cell.Absence), Mark: mapMark(w, m, 0, cell.Absence),
			Said: w.Say("map.absence." + string(cell.Absence)), None: true}
	}
	o := *cell.Observation
	out := overviewCell{Mark: w.Value(o), Said: w.Value(o), Class: besidePaint(analytics.BetterNone, ""),
		Href: w.URL("/indicators?indicator=" + url.QueryEscape(m.Indicator) + "&area=" + url.QueryEscape(cell.Area.ID))}
	if cell.Share < 1 {
		out.Said += ", " + w.Say("reading.partial", "Share", w.Number(100*cell.Share, 0)+"%")
	}
	if cell.Absence == analytics.MapOtherPeriod {
		out.Sign = signOther
		out.Said += ", " + w.Period(o)
	}
	if cell.Nation == nil {
		out.Mark += " ?"
		out.Said += ": " + w.Say("indicators.beside_none")
		return out
	}
	for _, beside := range besides {
		if beside.said == besideSaid(cell.Beside) {
			out.Mark += " " + beside.mark
		}
	}
	out.Class = besidePaint(req.snapshot.Indicator(m.Indicator).Better, cell.Beside)
	out.Said += ": " + w.Beside(o, *cell.Nation, nationSaid(w, *cell.Nation))
	return out
}

func nationSaid(w *view.Words, nation analytics.Observation) string {
	switch nation.Place {
	case analytics.BothNations:
		return w.Say("group.all")
	case analytics.AllAreas:
		return w.Say("overview.together")
	}
	return w.Group(analytics.GroupNation, nation.Place)
}
