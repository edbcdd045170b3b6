package ingest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"yardstick/analytics"
)

// Area is one row of a file of areas: what it says of a youth justice service. What the file leaves blank is "", an
// unknown date or an empty list: it says nothing, and takes nothing away from what the record says.
type Area struct {
	Line         int    // of the file; 1 is the header
	ID           string // of a known area, or a new one's
	New          bool   // the record has no area of this id
	NameEN       string
	NameCY       string
	Region       string // id
	PoliceForce  string
	ValidFrom    analytics.PartialDate
	ValidTo      analytics.PartialDate
	Status       string   // current or former
	Aliases      []string // other names it answers to
	Constituents []string // official codes of the authorities it covers
	Predecessors []string // ids, of known areas or of new ones of the file
	Successors   []string
	SourceURL    string // addresses with a space between
	SourceTitle  string // of each of them
	Sources      string // ids of documents of the record with ";" between, beside or in place of SourceURL
	Note         string
}

var areaColumns = []column{
	{name: "area", required: filled}, {name: "name_en"}, {name: "name_cy"}, {name: "region"}, {name: "police_force"},
	{name: "valid_from"},
	{name: "valid_to"},
	{name: "status"},
	{name: "aliases"},
	{name: "constituents"},
	{name: "predecessors"},
	{name: "successors"},
	{name: "source_url", required: filled, or: "sources"},
	{name: "source_title"},
	{name: "note"},
	{name: "sources"},
}

var newAreaGrammar = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+){0,19}$`)

// areaRows reads the rows of a file of areas. What they follow and became may stand further down, so areas are
// handed on when all are read.
type areaRows struct {
	*table
	to    func(Area)
	areas []Area
	links []link
	seen  map[string]int // id to the line it stands in
	fresh *Names         // the new areas of the file
}

// link is a cell that names areas, to be resolved when all areas are known.
type link struct {
	row    row
	area   int
	column string
	names  []string
}

func newAreaRows(t *table, to Rows) taker {
	return &areaRows{table: t, to: to.Area, seen: make(map[string]int), fresh: AreasOf(nil)}
}

func (as *areaRows) take(r *row) {
	r.required()
	a := Area{
		Line: r.line, NameEN: r.name("name_en"), NameCY: r.name("name_cy"), Region: r.placeOf("region", levelRegion),
		PoliceForce: r.name("police_force"), ValidFrom: r.date("valid_from"), ValidTo: r.date("valid_to"),
		Status: r.word("status", "current",
			"former"), Aliases: r.names("aliases"), Constituents: r.authorities("constituents"),
		SourceURL: r.urls(
			"source_url"), SourceTitle: r.text("source_title"), Sources: r.ids("sources"), Note: r.text("note"),
	}
	a.ID, a.New = r.newArea("area")
	if from, to := a.ValidFrom, a.ValidTo; from.Year > 0 && to.Year > 0 && to.Last().Before(from.First()) {
		r.found("valid_to", "date_order", "is before valid_from, "+from.String(), "correct one of the two")
	}
	if a.New {
		as.fresh.Add(a.ID, append([]string{a.NameEN, a.NameCY}, a.Aliases...)...)
		for _, column := range []string{"name_en", "region", "status"} {
			if !r.has(column) {
				r.found(column, "required", "is blank, and "+a.ID+" is a new area",
					"a new area has a name, a region and a status")
			}
		}
	}
	if line, ok := as.seen[a.ID]; ok && a.ID != "" {
		r.found("area", "row_duplicate", fmt.Sprintf("stands in row %d too", line),
			"bring the two rows together in one")
	}
	as.seen[a.ID] = r.line
	for _, column := range []string{"predecessors", "successors"} {
		if names := r.names(column); len(names) > 0 {
			kept := row{table: r.table, line: r.line, cells: slices.Clone(r.cells)}
			as.links = append(as.links, link{kept, len(as.areas), column, names})
		}
	}
	as.areas = append(as.areas, a)
}

// finish resolves what areas follow and became, among those of the record and of the file.
func (as *areaRows) finish() {
	for _, l := range as.links {
		a := &as.areas[l.area]
		for _, name := range l.names {
			id := as.resolve(&l.row, l.column, name)
			switch {
			case id == "":
				continue
			case id == a.ID:
				l.row.found(l.column, "area_itself", "names the area itself", "name another, or delete it")
			case l.column == "predecessors":
				a.Predecessors = append(a.Predecessors, id)
			default:
				a.Successors = append(a.Successors, id)
			}
		}
	}
	if as.to == nil || as.log.refused() {
		return
	}
	for _, a := range as.areas {
		as.to(a)
	}
}

func (as *areaRows) resolve(r *row, column, name string) string {
	if ids := as.fresh.Candidates(name); len(ids) == 1 {
		return ids[0]
	}
	names := r.named(levelArea)
	if names == nil {
		return ""
	}
	return r.resolve(column, name, names)
}

// newArea reads an area of the record by any of its names, or the id of a new one.
func (r *row) newArea(column string) (id string, fresh bool) {
	name := r.cell(column).text
	if newAreaGrammar.MatchString(name) && len(name) <= maxAreaName && !r.knows(name) {
		return name, true
	}
	return r.area(column), false
}

// knows says whether an area of the record answers to a name.
func (r *row) knows(name string) bool {
	if exact, ok := r.known.Areas.(CandidateAreas); ok {
		return len(exact.Candidates(name)) > 0
	}
	if r.known.Areas == nil {
		return false
	}
	id, _ := r.known.Areas.Resolve(name)
	return id != ""
}

// name reads a name: text of a length that a name has.
func (r *row) name(column string) string {
	text := r.text(column)
	if len([]rune(text)) > maxAreaName {
		r.found(column, "text_length", fmt.Sprintf("has more than %d characters", maxAreaName), "write the name alone")
		return ""
	}
	return text
}

// names reads names with ";" between.
func (r *row) names(column string) []string {
	if r.text(column) == "" {
		return nil
	}
	names := r.list(column)
	for i, name := range names {
		if len([]rune(name)) > maxAreaName || strings.ContainsRune("=+@", rune(name[0])) {
			r.found(column, "list", "holds what is no name", "write names with ; between")
			return nil
		}
		names[i] = r.once(noBreakSpaces.Replace(name))
	}
	return names
}

// authorities reads official codes of authorities of the record with ";" between.
func (r *row) authorities(column string) []string {
	if !r.has(column) || !r.plain(column) || !r.legible(column) {
		return nil
	}
	codes := r.list(column)
	for i, code := range codes {
		if !gssGrammar.MatchString(code) {
			r.found(column, "gss", code+" is no official code of an authority",
				"write codes such as E06000016 with ; between")
			return nil
		}
		if r.known.Authority != nil && !r.known.Authority(code) {
			r.found(column, "authority_unknown", code+" is of no authority of areas/authorities.csv",
				"write the code that the authority has there")
			return nil
		}
		codes[i] = r.once(code)
	}
	return codes
}
