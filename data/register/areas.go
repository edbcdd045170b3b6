package register

import (
	"slices"

	"yardstick/data/ingest"
)

// layArea lays an imported area over the record: its own row, and each of its other names, authorities, predecessors and
// successors. A row that says something new adds its documents to those the area has; what says nothing new is left
// alone.
func (f *files) layArea(from int, a ingest.Area) error {
	source := func() (string, error) { return f.sourcesOf(from, a.Line, cited{a.SourceURL, a.SourceTitle, a.Sources}) }
	s, err := f.sheet(areasFile)
	if err != nil {
		return err
	}
	cells := []string{a.ID, a.NameEN, a.NameCY, a.Region, a.PoliceForce, a.ValidFrom.String(), a.ValidTo.String(), a.Status, ""}
	sources := s.column("sources")
	there := s.find(cells)
	switch {
	case len(there) == 0:
		if cells[sources], err = source(); err != nil {
			return err
		}
		f.add(areasFile, s, cells, from, a.Line)
	case s.differs(there[0], cells):
		id, err := source()
		if err != nil {
			return err
		}
		cells[sources] = union(s.cells(there[0])[sources], id)
		f.change(areasFile, s, there[0], cells, from, a.Line)
	default:
		f.tally.Unchanged++
	}
	return f.layLinks(from, a, source)
}

// layLinks lays what else is said of an area, a row each. A row that is there stays as it is.
func (f *files) layLinks(from int, a ingest.Area, source func() (string, error)) error {
	authorities, err := f.placeNames()
	if err != nil {
		return err
	}
	type link struct {
		file  string
		cells []string
	}
	var links []link
	for _, alias := range a.Aliases {
		links = append(links, link{aliasesFile, []string{a.ID, alias, ""}})
	}
	for _, gss := range a.Constituents {
		links = append(links, link{constituentsFile, []string{a.ID, gss, authorities.authorities[gss], ""}})
	}
	for _, before := range a.Predecessors {
		links = append(links, link{successionsFile, []string{before, a.ID, ""}})
	}
	for _, after := range a.Successors {
		links = append(links, link{successionsFile, []string{a.ID, after, ""}})
	}
	for _, l := range links {
		s, err := f.sheet(l.file)
		if err != nil {
			return err
		}
		if len(s.find(l.cells)) > 0 {
			f.tally.Unchanged++
			continue
		}
		if l.cells[len(l.cells)-1], err = source(); err != nil {
			return err
		}
		f.add(l.file, s, l.cells, from, a.Line)
	}
	return nil
}

// differs says whether cells laid over a row would change it.
func (s *sheet) differs(row int, cells []string) bool {
	there := s.cells(row)
	return slices.ContainsFunc(s.header, func(name string) bool {
		c := s.column(name)
		return cells[c] != "" && cells[c] != there[c] && !sameNumber(name, there[c], cells[c])
	})
}
