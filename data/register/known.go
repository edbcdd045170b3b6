package register

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"yardstick/analytics"
	"yardstick/data/ingest"
	"yardstick/data/release"
)

// names are the places of the record by every name they answer to, and its inspections.
type names struct {
	areas       *ingest.Names
	levels      map[string]*ingest.Names // the other levels that the record has observations of, and regions
	authorities map[string]bool          // by official code
	inspections map[string]bool
}

// known returns what the shipped record and imports before know, for an import to be held to.
func (r *Register) known(before []Entry) (ingest.Known, error) {
	n := &names{
		levels:      make(map[string]*ingest.Names),
		authorities: make(map[string]bool),
		inspections: make(map[string]bool),
	}
	for _, add := range []func(*names) error{r.nameAreas, r.nameRegions, r.nameAuthorities, r.nameObserved,
		r.nameInspections} {
		if err := add(n); err != nil {
			return ingest.Known{}, err
		}
	}
	for _, e := range before {
		if err := r.nameImported(n, e); err != nil {
			return ingest.Known{}, err
		}
	}
	return ingest.Known{
		Areas:       n.areas,
		Places:      func(level string) *ingest.Names { return n.levels[level] },
		Authority:   func(gss string) bool { return n.authorities[gss] },
		Inspections: func(id string) bool { return n.inspections[id] },
	}, nil
}

// nameImported adds what a decision brought: areas, inspections; and takes away an inspection that was withdrawn.
func (r *Register) nameImported(n *names, e Entry) error {
	if e.Inspection != "" {
		delete(n.inspections, e.Inspection)
		return nil
	}
	if e.Rows == "" {
		return nil
	}
	var err error
	switch path := release.RowsPath(r.rowsFolder(), e.Rows); e.Kind {
	case ingest.KindAreas:
		err = eachRow(path, func(a release.AreaRow) {
			n.areas.Add(a.Area, append([]string{cell(a.NameEN), cell(a.NameCY)}, a.Aliases...)...)
		})
	case ingest.KindResults:
		err = eachRow(path, func(row release.ResultRow) { n.inspections[row.Inspection] = true })
	}
	if err != nil {
		return fmt.Errorf("read rows of import %d: %w", e.Seq, err)
	}
	return nil
}

func cell(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// nameAreas names the areas as AreasOf has it: by id, English and Welsh name, and alias; and the police forces they
// are in.
func (r *Register) nameAreas(n *names) error {
	named := make(map[string][]string)
	err := r.each("areas/aliases.csv", func(cell func(string) string) {
		named[cell("area")] = append(named[cell("area")], cell("alias"))
	})
	if err != nil {
		return err
	}
	var all []analytics.Area
	forces := n.level("police_force")
	err = r.each("areas/areas.csv", func(cell func(string) string) {
		id := cell("area")
		all = append(all, analytics.Area{
			ID:      id,
			Name:    analytics.Name{EN: cell("name_en"), CY: cell("name_cy")},
			Aliases: named[id],
		})
		for force := range strings.SplitSeq(cell("police_force"), ";") {
			forces.Add(placeID(force), force)
		}
	})
	n.areas = ingest.AreasOf(all)
	return err
}

// nameRegions names regions and nations by id, English and Welsh name. Wales is one of each, by one id.
func (r *Register) nameRegions(n *names) error {
	err := r.each("areas/regions.csv", func(cell func(string) string) {
		n.level("region").Add(cell("region"), cell("name_en"), cell("name_cy"))
	})
	if err != nil {
		return err
	}
	return r.each("areas/nations.csv", func(cell func(string) string) {
		n.level("nation").Add(cell("nation"), cell("name_en"), cell("name_cy"))
	})
}

// nameAuthorities names authorities by the id that observations know them by, which is their name's, and their code.
func (r *Register) nameAuthorities(n *names) error {
	return r.each("areas/authorities.csv", func(cell func(string) string) {
		n.authorities[cell("gss")] = true
		n.level("authority").Add(placeID(cell("name")), cell("name"), cell("gss"))
	})
}

// nameObserved adds the places that the shipped record has observations of, by level. An area's own name is that of the
// authority of its id too.
func (r *Register) nameObserved(n *names) error {
	return r.eachOf("indicators/*.csv", func(cell func(string) string) {
		if place, level := cell("place"), cell("level"); level != "area" && !n.level(level).Has(place) {
			n.level(level).Add(place)
		}
	})
}

// nameInspections adds the inspections of the shipped record.
func (r *Register) nameInspections(n *names) error {
	return r.eachOf("results/*.csv", func(cell func(string) string) { n.inspections[cell("inspection")] = true })
}

func (n *names) level(name string) *ingest.Names {
	if n.levels[name] == nil {
		n.levels[name] = ingest.AreasOf(nil)
	}
	return n.levels[name]
}

// placeID returns a place's name as the record makes ids of names: "Devon & Cornwall" is devon-and-cornwall.
func placeID(name string) string {
	words := strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(name, "&", " and ")), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9')
	})
	return strings.Join(words, "-")
}

// each calls a function with the rows of a file of the shipped record, by column.
func (r *Register) each(name string, row func(cell func(column string) string)) error {
	lines, err := readLines(r.Record, name)
	if err != nil || len(lines) == 0 {
		return err
	}
	columns := make(map[string]int)
	for n, column := range lines[0] {
		columns[column] = n
	}
	for _, cells := range lines[1:] {
		row(func(column string) string { return cells[columns[column]] })
	}
	return nil
}

func (r *Register) eachOf(pattern string, row func(cell func(column string) string)) error {
	files, err := fs.Glob(r.Record, pattern)
	if err != nil {
		return err
	}
	for _, name := range files {
		if err := r.each(name, row); err != nil {
			return err
		}
	}
	return nil
}

// readLines reads a CSV file of a record with its header, which must be the one that the layout gives it.
func readLines(record fs.FS, name string) ([][]string, error) {
	file, err := record.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read record: %w", err)
	}
	lines, err := csv.NewReader(file).ReadAll()
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, fmt.Errorf("read record, %s: %w", name, err)
	}
	if len(lines) == 0 || !slices.Equal(lines[0], release.Columns(name)) {
		return nil, fmt.Errorf("read record, %s: the header is not %s", name, strings.Join(release.Columns(name), ","))
	}
	return lines, nil
}
