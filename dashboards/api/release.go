package api

import "yardstick/analytics"

// Holdings says what a release holds.
type Holdings struct {
	Programmes []ProgrammeHoldings `json:"programmes"`
	Areas      int                 `json:"areas"`
	Sources    int                 `json:"sources"`
}

// ProgrammeHoldings says how much of one programme a release holds.
type ProgrammeHoldings struct {
	Programme   string             `json:"programme"`
	Starts      *string            `json:"starts" date:"partial"`
	Ends        *string            `json:"ends" date:"partial"`
	Sampling    analytics.Sampling `json:"sampling"`
	Inspections int                `json:"inspections"`
	Results     int                `json:"results"`
}

func release(r Request) (answer, error) {
	s := r.Snapshot
	data := Holdings{Areas: len(s.Areas()), Sources: len(s.Sources()), Programmes: []ProgrammeHoldings{}}
	for _, p := range s.Programmes() {
		data.Programmes = append(data.Programmes, ProgrammeHoldings{
			Programme:   p.ID,
			Starts:      some(p.Starts.String()),
			Ends:        some(p.Ends.String()),
			Sampling:    p.Sampling,
			Inspections: p.Inspections,
			Results:     p.Results,
		})
	}
	return answer{data: data, table: tableOf(data.Programmes)}, nil
}

func sources(r Request) (answer, error) {
	data := []Source{}
	found, page := part(r, r.Snapshot.Sources())
	for _, o := range found {
		data = append(data, sourceOf(r.Snapshot, o))
	}
	return answer{data: data, table: tableOf(data), page: page}, nil
}
