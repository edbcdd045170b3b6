package analytics

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

// keptStatistics is what a Snapshot keeps of the published statistics that it was asked for. It is bounded: figures by
// their number; tendencies and periods are few, since series share their indicators and places.
type keptStatistics struct {
	mu         sync.Mutex
	lines      map[int]line // by number of the series
	figures    int          // how many figures lines have
	tendencies map[string]map[int]Tendency
	periods    map[string][]Period
}

// line is the figures of a series.
type line struct{ points, others []Observation }

// mostKept is how many figures are kept in memory; they take about 20 MB. The shipped record has 7,600.
const mostKept = 50_000

// ReadFigures gives series their Points and Others. At most one question is asked, for those that are not kept.
func (s *Snapshot) ReadFigures(lists ...[]Series) error {
	lines := s.published.linesOf(lists)
	var missing []int
	for _, list := range lists {
		for _, x := range list {
			if _, ok := lines[x.Number]; !ok {
				missing = append(missing, x.Number)
			}
		}
	}
	if len(missing) > 0 {
		slices.Sort(missing)
		missing = slices.Compact(missing)
		figures, err := s.reader.Figures(context.Background(), missing)
		if err != nil {
			return fmt.Errorf("figures of series: %w", err)
		}
		read := s.linesFrom(figures)
		s.published.keep(read)
		maps.Copy(lines, read)
	}
	for _, list := range lists {
		for n := range list {
			list[n].Points, list[n].Others = lines[list[n].Number].points, lines[list[n].Number].others
		}
	}
	return nil
}

// ReadNewest gives series the newest of their Points, as many as a trend is told by, and no Others. Nothing of it is
// kept: it is for many places at once.
func (s *Snapshot) ReadNewest(lists ...[]Series) error {
	figures, err := s.reader.Newest(context.Background(), numbersOf(slices.Concat(lists...)))
	if err != nil {
		return fmt.Errorf("newest figures of series: %w", err)
	}
	lines := s.linesFrom(figures)
	for _, list := range lists {
		for n := range list {
			list[n].Points = lines[list[n].Number].points
		}
	}
	return nil
}

// linesFrom parts figures, which come by series, and adds what their series say of them.
func (s *Snapshot) linesFrom(figures []Figure) map[int]line {
	out := make(map[int]line)
	for from, to := 0, 0; from < len(figures); from = to {
		number := figures[from].Series
		for to = from; to < len(figures) && figures[to].Series == number; to++ {
		}
		l := line{points: make([]Observation, 0, to-from)}
		for _, f := range figures[from:to] {
			if f.Other {
				l.others = append(l.others, s.observation(f))
			} else {
				l.points = append(l.points, s.observation(f))
			}
		}
		out[number] = l
	}
	return out
}

// observation is a figure with what its series says of it.
func (s *Snapshot) observation(f Figure) Observation {
	of, o := s.lines[f.Series-1], f.Observation
	o.Indicator, o.Unit, o.Place, o.Level, o.Basis = of.Indicator, of.Unit, of.Place, of.Level, of.Basis
	return o
}

func numbersOf(all []Series) []int {
	out := make([]int, len(all))
	for n, x := range all {
		out[n] = x.Number
	}
	return out
}

// over returns the figures of some series for exactly one period, anomalous ones left out, by number of the series.
func (s *Snapshot) over(all []Series, first, last time.Time) (map[int]Observation, error) {
	figures, err := s.reader.Over(context.Background(), numbersOf(all), first, last)
	if err != nil {
		return nil, fmt.Errorf("figures of a period: %w", err)
	}
	out := make(map[int]Observation, len(figures))
	for _, f := range figures {
		out[f.Series] = s.observation(f)
	}
	return out, nil
}

// periodsOf are the periods that current areas have a figure of their own of, on an indicator, each with how many. They
// are counted once a release, of all indicators together.
func (s *Snapshot) periodsOf(indicator string) ([]Period, error) {
	s.published.mu.Lock()
	defer s.published.mu.Unlock()
	if s.published.periods == nil {
		var own []Series
		for _, id := range s.indicators {
			for _, of := range s.currentSeries(id) {
				own = append(own, of...)
			}
		}
		all, err := s.reader.Periods(context.Background(), numbersOf(own))
		if err != nil {
			return nil, fmt.Errorf("periods of statistics: %w", err)
		}
		s.published.periods = grouped(all, func(p Period) string { return p.Indicator })
	}
	return s.published.periods[indicator], nil
}

// currentSeries are the series that speak for each current area, by area.
func (s *Snapshot) currentSeries(indicator string) map[string][]Series {
	out := make(map[string][]Series)
	for _, a := range s.areas {
		if own := s.ownSeries(a.ID, indicator); a.Current && len(own) > 0 {
			out[a.ID] = own
		}
	}
	return out
}

// Observations gives every published statistic to each, in the record's order by indicator as pages show them, until it
// fails.
func (s *Snapshot) Observations(each func(Observation) error) error {
	return s.reader.Observations(context.Background(), each)
}

// linesOf returns the lines of series that are kept.
func (k *keptStatistics) linesOf(lists [][]Series) map[int]line {
	k.mu.Lock()
	defer k.mu.Unlock()
	out := make(map[int]line)
	for _, list := range lists {
		for _, x := range list {
			if l, ok := k.lines[x.Number]; ok {
				out[x.Number] = l
			}
		}
	}
	return out
}

// keep keeps lines. Where they do not fit beside what is kept, that is dropped; where they do not fit alone, none is
// kept.
func (k *keptStatistics) keep(lines map[int]line) {
	k.mu.Lock()
	defer k.mu.Unlock()
	count := 0
	for number, l := range lines {
		if _, had := k.lines[number]; !had {
			count += len(l.points) + len(l.others)
		}
	}
	switch {
	case count > mostKept:
		return
	case k.lines == nil || k.figures+count > mostKept:
		k.lines, k.figures = make(map[int]line, len(lines)), 0
	}
	for number, l := range lines {
		if _, had := k.lines[number]; !had {
			k.lines[number] = l
			k.figures += len(l.points) + len(l.others)
		}
	}
}

func (k *keptStatistics) tendenciesOf(indicator string) map[int]Tendency {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.tendencies[indicator]
}

func (k *keptStatistics) keepTendencies(indicator string, of map[int]Tendency) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.tendencies == nil {
		k.tendencies = make(map[string]map[int]Tendency)
	}
	k.tendencies[indicator] = of
}
