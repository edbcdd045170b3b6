package analytics

// IndexedName is a name by which readers look for an area.
type IndexedName struct {
	Folded string // in the spelling that names are compared in
	Name   string // as it is shown
	Kind   NameKind
	Area   string // id
}

// Names returns every name by which Search finds an area: those of areas, then those of towns and parishes on their
// ground, each with the present area that serves it. It fails where the release cannot be asked.
func (s *Snapshot) Names() ([]IndexedName, error) {
	g, err := s.gazetteer()
	if err != nil {
		return nil, err
	}
	var out []IndexedName
	for _, n := range s.index.names {
		out = append(out, IndexedName{Folded: n.folded, Name: n.name, Kind: n.kind, Area: n.area})
	}
	for _, n := range g.names {
		by, ok := s.served[g.towns[n.town].GSS]
		if !ok {
			continue
		}
		kind := NameTown
		if g.towns[n.town].Minor {
			kind = NameParish
		}
		out = append(out, IndexedName{Folded: n.folded, Name: n.shown, Kind: kind, Area: by.area})
	}
	return out, nil
}
