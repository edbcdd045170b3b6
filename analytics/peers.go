package analytics

// Peer is another area's result of a measure, with its inspection.
type Peer struct {
	Inspection Inspection
	Result     Result
}

// Peers are the results of all other areas that count beside those of an inspection, by measure: of the same scale, the
// newest of each area, over the whole record or where then is set as of the day the inspection was published. They are
// the members of the benchmarks that Around gives over all areas.
func (s *Snapshot) Peers(i Inspection, then bool) (map[string][]Peer, error) {
	found, err := s.overAll(i, then)
	if err != nil {
		return nil, err
	}
	peers := make(map[string][]Peer)
	for _, b := range found {
		if r, ok := i.Result(b.Measure); !ok || r.Scale != b.Scale {
			continue
		}
		for _, m := range b.Members {
			if m.Area != i.Area {
				of, r := s.ResultOf(b, m)
				peers[b.Measure] = append(peers[b.Measure], Peer{of, r})
			}
		}
	}
	return peers, nil
}

// overAll are the benchmarks of an inspection's measures over all areas, with their members.
func (s *Snapshot) overAll(i Inspection, then bool) ([]Benchmark, error) {
	if then {
		return s.ask(BenchmarkQuestion{Programme: i.Programme, Groups: []GroupKind{GroupAll}, Members: true,
			Asked: []AskedPlace{{Day: i.Latest, Area: i.Area, Inspection: i.ID}}, Without: true})
	}
	var all []Benchmark
	for _, r := range i.Results {
		for _, b := range s.usual[measureKey{i.Programme, r.Measure}] {
			if b.Group == GroupAll {
				all = append(all, b)
			}
		}
	}
	return all, nil
}
