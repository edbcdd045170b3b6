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
	{name: "valid_from"}, {name: "valid_to"}, {name: "status"}, {name: "aliases"}, {name: "constituents"},
	{name: "predecessors"}, {name: "successors"}, {name: "source_url", required: filled, or: "sources"},
	{name: "source_title"}, {name: "note"}, {name: "sources"},
}

var newAreaGrammar = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+){0,19}$`)

// areaReader reads the rows of a file of areas. What they follow and became may stand further down, so areas are
// handed on when all are read.
func areaReader(t *table, to Rows) reader {
	fresh := AreasOf(nil) // the new areas of the file
	var areas []Area
	var rows []row // of the areas, in the same order
	return reader{
		row: func(r *row) {
			areas = append(areas, r.readArea(fresh))
			rows = append(rows, row{table: t, line: r.line, cells: slices.Clone(r.cells)})
		},
		finish: func() {
			for n, a := range areas {
				a.Predecessors = rows[n].related("predecessors", a.ID, fresh)
				a.Successors = rows[n].related("successors", a.ID, fresh)
				areas[n] = a
			}
			for n, a := range areas {
				pass(&rows[n], to.Area, a)
			}
		},
	}
}

// readArea reads all of an area but what it follows and became, and adds a new one to those of the file.
func (r *row) readArea(fresh *Names) Area {
	a := Area{
		Line: r.line, NameEN: r.name("name_en"), NameCY: r.name("name_cy"), Region: r.placeOf("region", levelRegion),
		PoliceForce: r.name("police_force"), ValidFrom: r.date("valid_from"), ValidTo: r.date("valid_to"),
		Status: r.word("status", "current", "former"), Aliases: r.names("aliases"),
		Constituents: r.authorities("constituents"), SourceURL: r.urls("source_url"),
		SourceTitle: r.text("source_title"), Sources: r.ids("sources"), Note: r.text("note"),
	}
	a.ID, a.New = r.newArea("area")
	if from, to := a.ValidFrom, a.ValidTo; from.Year > 0 && to.Year > 0 && to.Last().Before(from.First()) {
		r.found("valid_to", "date_order", "is before valid_from, "+from.String(), "correct one of the two")
	}
	if a.New {
		fresh.Add(a.ID, append([]string{a.NameEN, a.NameCY}, a.Aliases...)...)
		for _, column := range []string{"name_en", "region", "status"} {
			if !r.has(column) {
				r.found(column, "required", "is blank, and "+a.ID+" is a new area",
					"a new area has a name, a region and a status")
			}
		}
	}
	if a.ID != "" {
		repeats(r, a.ID, "area", "stands in row %d too", "bring the two rows together in one")
	}
	return a
}

// related reads the names of areas, of the record or new ones of the file, that the area of an id follows or became.
func (r *row) related(column, id string, fresh *Names) []string {
	var related []string
	for _, name := range r.names(column) {
		other := ""
		if ids := fresh.Candidates(name); len(ids) == 1 {
			other = ids[0]
		} else if r.known.Areas != nil {
			other = r.resolve(column, levelArea, name)
		}
		switch other {
		case "":
		case id:
			r.found(column, "area_itself", "names the area itself", "name another, or delete it")
		default:
			related = append(related, other)
		}
	}
	return related
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
	return r.known.Areas != nil && len(r.known.Areas.Candidates(name)) > 0
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
	names := r.list(column, func(name string) bool {
		if len([]rune(name)) > maxAreaName || strings.ContainsRune("=+@", rune(name[0])) {
			r.found(column, "list", "holds what is no name", "write names with ; between")
			return false
		}
		return true
	})
	for i, name := range names {
		names[i] = r.once(noBreakSpaces.Replace(name))
	}
	return names
}

// authorities reads official codes of authorities of the record with ";" between.
func (r *row) authorities(column string) []string {
	return r.list(column, func(code string) bool {
		if !gssGrammar.MatchString(code) {
			r.found(column, "gss", code+" is no official code of an authority",
				"write codes such as E06000016 with ; between")
			return false
		}
		if r.known.Authority != nil && !r.known.Authority(code) {
			r.found(column, "authority_unknown", code+" is of no authority of areas/authorities.csv",
				"write the code that the authority has there")
			return false
		}
		return true
	})
}
