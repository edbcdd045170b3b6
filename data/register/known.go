package register

import (
	"io/fs"
	"strings"

	"yardstick/analytics"
	"yardstick/data/ingest"
)

const (
	sourcesFile      = "SOURCES.csv"
	printedFile      = "benchmarks/published.csv"
	areasFile        = "areas/areas.csv"
	aliasesFile      = "areas/aliases.csv"
	constituentsFile = "areas/constituents.csv"
	successionsFile  = "areas/successions.csv"
	authoritiesFile  = "areas/authorities.csv"
	scalesFile       = "reference/programme_scales.csv"
)

// names are the places of the record by every name they answer to.
type names struct {
	areas       *ingest.Names
	levels      map[string]*ingest.Names // the other levels that the record has observations of, and regions
	authorities map[string]string        // name by official code
}

// known is what the record knows so far, for an import to be held to.
func (f *files) known() (ingest.Known, error) {
	n, err := f.placeNames()
	if err != nil {
		return ingest.Known{}, err
	}
	held, err := f.heldInspections()
	if err != nil {
		return ingest.Known{}, err
	}
	return ingest.Known{
		Areas: n.areas,
		Places: func(level string) ingest.Areas {
			if places, ok := n.levels[level]; ok {
				return places
			}
			return nil
		},
		Authority:   func(gss string) bool { _, ok := n.authorities[gss]; return ok },
		Inspections: func(id string) bool { _, ok := held[id]; return ok },
	}, nil
}

// placeNames are worked out once, and again after an import of areas.
func (f *files) placeNames() (*names, error) {
	if f.names != nil {
		return f.names, nil
	}
	n := &names{levels: make(map[string]*ingest.Names), authorities: make(map[string]string)}
	for _, fill := range []func(*names) error{f.nameAreas, f.nameRegions, f.nameAuthorities, f.nameObserved} {
		if err := fill(n); err != nil {
			return nil, err
		}
	}
	f.names = n
	return n, nil
}

// nameAreas names the areas as AreasOf has it: by id, English and Welsh name, and alias; and the police forces they are in.
func (f *files) nameAreas(n *names) error {
	named := make(map[string][]string)
	err := f.each(aliasesFile, func(cells []string) { named[cells[0]] = append(named[cells[0]], cells[1]) })
	if err != nil {
		return err
	}
	var all []analytics.Area
	forces := n.level("police_force")
	err = f.each(areasFile, func(cells []string) {
		all = append(all, analytics.Area{ID: cells[0], Name: analytics.Name{EN: cells[1], CY: cells[2]}, Aliases: named[cells[0]]})
		for _, force := range splitList(cells[4]) {
			forces.Add(placeID(force), force)
		}
	})
	n.areas = ingest.AreasOf(all)
	return err
}

// nameRegions names regions and nations by id, English and Welsh name. Wales is one of each, by one id.
func (f *files) nameRegions(n *names) error {
	if err := f.each("areas/regions.csv", func(cells []string) { n.level("region").Add(cells[0], cells[2], cells[3]) }); err != nil {
		return err
	}
	return f.each("areas/nations.csv", func(cells []string) { n.level("nation").Add(cells[0], cells[1], cells[2]) })
}

// nameAuthorities names authorities by the id that observations know them by, which is their name's, and their code.
func (f *files) nameAuthorities(n *names) error {
	return f.each(authoritiesFile, func(cells []string) {
		n.authorities[cells[0]] = cells[1]
		n.level("authority").Add(placeID(cells[1]), cells[1], cells[0])
	})
}

// nameObserved adds the places that the shipped record has observations of, by level. An area's own name is that of the
// authority of its id too.
func (f *files) nameObserved(n *names) error {
	files, err := fs.Glob(f.base, "indicators/*.csv")
	if err != nil {
		return err
	}
	for _, name := range files {
		err := f.each(name, func(cells []string) {
			if place, level := cells[0], cells[1]; level != "area" && !n.level(level).Has(place) {
				n.level(level).Add(place)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (n *names) level(name string) *ingest.Names {
	if n.levels[name] == nil {
		n.levels[name] = ingest.AreasOf(nil)
	}
	return n.levels[name]
}

// placeID is a place's name as the record makes ids of names: "Devon & Cornwall" is devon-and-cornwall.
func placeID(name string) string { return slug(strings.ReplaceAll(name, "&", " and ")) }

// each tells the rows of a file of the record.
func (f *files) each(name string, tell func(cells []string)) error {
	s, err := f.sheet(name)
	if err != nil {
		return err
	}
	for n := range s.rows {
		tell(s.cells(n))
	}
	return nil
}

// heldInspections are the inspections of the record, with the first row of each.
func (f *files) heldInspections() (map[string]place, error) {
	if f.inspections != nil {
		return f.inspections, nil
	}
	held := make(map[string]place)
	files, err := f.list("results/*.csv")
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		s, err := f.sheet(name)
		if err != nil {
			return nil, err
		}
		for n := range s.rows {
			if id := s.cells(n)[0]; held[id].sheet == nil {
				held[id] = place{s, n}
			}
		}
	}
	f.inspections = held
	return held, nil
}
