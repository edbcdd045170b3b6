package analytics

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
)

// Snapshot is everything one release says, asked once and kept typed in memory with the indexes that pages need. It
// is immutable and safe for concurrent use. What it returns is shared: callers read it and change nothing. Questions
// that few pages ask, and the figures of published statistics, of which there may be millions, go to the release it was
// taken of, whose Reader must stay open as long as the Snapshot is in use.
type Snapshot struct {
	reader      Reader
	release     Release
	programmes  []Programme
	scales      []Scale
	scaleAt     map[string]int
	bands       []Band
	measures    map[string][]Measure
	themes      []string
	cautions    []Caution
	readings    []Reading
	sources     []Source
	sourceAt    map[string]int
	publishers  []Publisher
	shares      map[AuthorityShare]float64 // by area and code
	places      []Place
	areas       []Area
	areaAt      map[string]int
	inspections []Inspection
	inspectAt   map[string]int
	byArea      map[string][]Inspection
	warnings    map[string][]Warning // by inspection
	findings    []Finding
	said        map[string][]Finding       // the findings by inspection
	usual       map[measureKey][]Benchmark // those of Contents
	aroundNow   keptAround                 // as of the whole record
	aroundThen  keptAround                 // as of the last day each may have been published
	sizes       map[groupKey][]GroupSize   // by From, nil first
	neighbours  map[string][]Neighbour     // by area, nearest first
	kinds       map[string]Indicator
	indicators  []string
	lines       []Series                         // all, by number from 1
	series      map[string]map[placeKey][]Series // by indicator
	cited       []SourceCount
	anomalous   []Observation
	published   keptStatistics
	authorities map[string][]placeKey // published ones, by area
	placeNames  map[string]Name
	years       map[benchmarkKey][]YearSpread
	moves       map[benchmarkKey][]Movement // with an empty name
	movements   map[benchmarkKey]MovementCount
	standings   map[string][]StandingMove // by theme
	index       *searchIndex
	served      map[string]served // by the code of an authority
	lazy        lazyGazetteer

	publications []Publication
	upcoming     []Upcoming
	revisions    map[int][]Revision    // by position
	histories    map[string][]Revision // by inspection, newest first
}

type benchmarkKey struct{ programme, measure, scale, name string }

type measureKey struct{ programme, measure string }

// Load asks r for what a Snapshot keeps. It fails where a question does.
func Load(ctx context.Context, r Reader) (*Snapshot, error) {
	c, err := r.Contents(ctx)
	if err != nil {
		return nil, fmt.Errorf("load release %s: %w", r.Release().ID, err)
	}
	s := &Snapshot{
		reader:       r,
		release:      r.Release(),
		programmes:   c.Programmes,
		scales:       c.Scales,
		bands:        c.Bands,
		themes:       c.Themes,
		cautions:     c.Cautions,
		readings:     c.Readings,
		sources:      c.Sources,
		places:       c.Places,
		areas:        c.Areas,
		inspections:  c.Inspections,
		publications: c.Publications,
		publishers:   c.Publishers,
		findings:     c.Findings,
		upcoming:     upcomingOf(c.Announcements),
	}
	s.shares = make(map[AuthorityShare]float64, len(c.AuthorityShares))
	for _, x := range c.AuthorityShares {
		s.shares[AuthorityShare{Area: x.Area, GSS: x.GSS}] = x.Share
	}
	s.release.Published = s.release.Built
	if len(s.publications) > 0 {
		s.release.Published = s.publications[0].Published
	}
	s.scaleAt = positions(s.scales, func(x Scale) string { return x.ID })
	s.measures = grouped(c.Measures, func(m Measure) string { return m.Programme })
	s.sourceAt = positions(s.sources, func(o Source) string { return o.ID })
	s.areaAt = positions(s.areas, func(a Area) string { return a.ID })
	s.inspectAt = positions(s.inspections, func(i Inspection) string { return i.ID })
	s.byArea = grouped(s.inspections, func(i Inspection) string { return i.Area })
	s.warnings = grouped(c.Warnings, func(w Warning) string { return w.Inspection })
	s.said = grouped(s.findings, func(f Finding) string { return f.Inspection })
	s.usual = grouped(c.Benchmarks, func(b Benchmark) measureKey { return measureKey{b.Programme, b.Measure} })
	s.sizes = grouped(c.GroupSizes, func(g GroupSize) groupKey { return groupKey{g.Group, g.Name} })
	s.kinds = make(map[string]Indicator, len(c.IndicatorKinds))
	for _, k := range c.IndicatorKinds {
		s.kinds[k.ID] = k
	}
	s.neighbours = grouped(c.Neighbours, func(n Neighbour) string { return n.Area })
	s.authorities, s.placeNames = authoritiesOf(s.areas, c.PlaceCodes)
	s.lineSeries(c.Series)
	s.cited, s.anomalous = c.SourceCounts, c.Anomalous
	s.lineTrends(c.YearSpreads, c.Movements, c.MovementCounts, c.StandingMoves)
	s.index = newSearchIndex(s.areas)
	s.served = servedBy(s.areas)
	s.revisions = grouped(c.Revisions, func(r Revision) int { return r.Position })
	s.histories = grouped(c.Revisions, func(r Revision) string { return r.Inspection })
	return s, nil
}

func grouped[K comparable, T any](items []T, key func(T) K) map[K][]T {
	out := make(map[K][]T)
	for _, item := range items {
		out[key(item)] = append(out[key(item)], item)
	}
	return out
}

func positions[T any](items []T, key func(T) string) map[string]int {
	out := make(map[string]int, len(items))
	for i, item := range items {
		out[key(item)] = i
	}
	return out
}

// Release names what the snapshot was taken of.
func (s *Snapshot) Release() Release { return s.release }

// Programmes are all programmes, oldest first.
func (s *Snapshot) Programmes() []Programme { return s.programmes }

// Programme finds one programme; a *NotFoundError lists them all.
func (s *Snapshot) Programme(id string) (Programme, error) {
	ids := make([]string, len(s.programmes))
	for i, p := range s.programmes {
		if p.ID == id {
			return p, nil
		}
		ids[i] = p.ID
	}
	return Programme{}, &NotFoundError{Kind: "programme", ID: id, Nearest: ids}
}

// Scale is the scale with this id; the zero Scale where there is none, which the record's checks rule out.
func (s *Snapshot) Scale(id string) Scale {
	if at, ok := s.scaleAt[id]; ok {
		return s.scales[at]
	}
	return Scale{}
}

// Scales are all scales, in the order they came into use.
func (s *Snapshot) Scales() []Scale { return s.scales }

// Bands are the rules that give a word to a number.
func (s *Snapshot) Bands() []Band { return s.bands }

// Measures are a programme's measures in the order its reports use.
func (s *Snapshot) Measures(programme string) []Measure { return s.measures[programme] }

// Measure finds one measure of a programme; a *NotFoundError lists the programme's measures.
func (s *Snapshot) Measure(programme, id string) (Measure, error) {
	var ids []string
	for _, m := range s.measures[programme] {
		if m.ID == id {
			return m, nil
		}
		ids = append(ids, m.ID)
	}
	return Measure{}, &NotFoundError{Kind: "measure", ID: id, Nearest: ids}
}

// Themes are the ids of all themes in the order pages show them.
func (s *Snapshot) Themes() []string { return s.themes }

// Sources are all sources by id.
func (s *Snapshot) Sources() []Source { return s.sources }

// Publisher returns the publisher with this id; the zero Publisher where there is none.
func (s *Snapshot) Publisher(id string) Publisher {
	for _, p := range s.publishers {
		if p.ID == id {
			return p
		}
	}
	return Publisher{}
}

// Publishers returns all publishers, by id.
func (s *Snapshot) Publishers() []Publisher { return s.publishers }

// SourcesOf are the sources with these ids, in that order; ids that are no source are left out.
func (s *Snapshot) SourcesOf(ids []string) []Source {
	out := make([]Source, 0, len(ids))
	for _, id := range ids {
		if at, ok := s.sourceAt[id]; ok {
			out = append(out, s.sources[at])
		}
	}
	return out
}

// Places are the nations and regions.
func (s *Snapshot) Places() []Place { return s.places }

// Place finds a nation or region; the zero Place where there is none.
func (s *Snapshot) Place(group GroupKind, id string) Place {
	for _, p := range s.places {
		if p.Group == group && p.ID == id {
			return p
		}
	}
	return Place{}
}

// Areas are all areas, current and former, by English name.
func (s *Snapshot) Areas() []Area { return s.areas }

// Area finds one area; a *NotFoundError lists those with the nearest names.
func (s *Snapshot) Area(id string) (Area, error) {
	if at, ok := s.areaAt[id]; ok {
		return s.areas[at], nil
	}
	return Area{}, &NotFoundError{Kind: "area", ID: id, Nearest: s.index.nearest(id)}
}

// Inspections are all inspections, newest first by the last day they may have been published on. It is an order to
// list them in: where bounds overlap, nobody knows which came first.
func (s *Snapshot) Inspections() []Inspection { return s.inspections }

// InspectionsOf are an area's inspections, listed as Inspections are.
func (s *Snapshot) InspectionsOf(area string) []Inspection { return s.byArea[area] }

// Inspection finds one inspection; a *WithdrawnError where it is not held any more. A *NotFoundError lists the
// inspections of the areas whose names are nearest to what the id says before its programme.
func (s *Snapshot) Inspection(id string) (Inspection, error) {
	if at, ok := s.inspectAt[id]; ok {
		return s.inspections[at], nil
	}
	if err := s.withdrawn(id); err != nil {
		return Inspection{}, err
	}
	area := id
	for _, p := range s.programmes {
		area, _, _ = strings.Cut(area, "-"+p.ID)
	}
	var nearest []string
	for _, area := range s.index.nearest(area) {
		for _, i := range s.byArea[area] {
			nearest = append(nearest, i.ID)
		}
	}
	return Inspection{}, &NotFoundError{Kind: "inspection", ID: id, Nearest: nearest[:min(len(nearest), 6)]}
}

// WarningsOf are what checks of the record found about an inspection and its results, in the order of the record.
// The empty id gives those about no inspection.
func (s *Snapshot) WarningsOf(inspection string) []Warning { return s.warnings[inspection] }

// Warnings are all of them, by the file and line of the record they are about.
func (s *Snapshot) Warnings() []Warning {
	var all []Warning
	for _, of := range s.warnings {
		all = append(all, of...)
	}
	slices.SortFunc(all, func(a, b Warning) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Rule, b.Rule))
	})
	return all
}
