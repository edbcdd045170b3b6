package analytics

import (
	"slices"
	"strings"
	"time"
)

// GroupKind is a kind of comparator group.
type GroupKind string

// The comparator groups: every area held, those of a nation, those of a region, the statistical neighbours of an
// area, and areas listed by name.
const (
	GroupAll    GroupKind = "all"
	GroupNation GroupKind = "nation"
	GroupRegion GroupKind = "region"
	GroupFamily GroupKind = "family"
	GroupList   GroupKind = "list"
)

// MostListed is how many areas a list may name.
const MostListed = 40

// ParseGroupKind reads a group from a parameter; anything but all, nation, region, family or list is an *InvalidError.
func ParseGroupKind(text string) (GroupKind, error) {
	switch g := GroupKind(text); g {
	case GroupAll, GroupNation, GroupRegion, GroupFamily, GroupList:
		return g, nil
	}
	return "", &InvalidError{Field: "group", Kind: "group", Value: text}
}

// GroupSize is how many areas a group had from a day on; a nil From is since before any dated change.
type GroupSize struct {
	Group GroupKind
	Name  string
	From  *time.Time
	Areas int
}

// Neighbour is an area whose authorities are statistical neighbours of another's in the children's-services model of
// the Department for Education: most like it in what the model weighs, wherever they lie. It is not the Youth
// Justice Board's own family. Rank 1 is the nearest; of several authorities the nearest rank is taken.
type Neighbour struct {
	Area      string
	Neighbour string // an area id
	Rank      int
	Sources   []string
}

// NeighboursOf are an area's statistical neighbours, nearest first; none for areas of Wales and for former ones.
func (s *Snapshot) NeighboursOf(area string) []Neighbour { return s.neighbours[area] }

// group is a comparator group by kind and name, with the areas that an asker listed.
type group struct {
	kind   GroupKind
	name   string // the id of the nation, region or area whose family it is; "all" and "list" for those
	listed []string
}

type groupKey struct {
	group GroupKind
	name  string
}

func groupName(g GroupKind, name string) string { return string(g) + "/" + name }

// groupsOf are the groups that a query asks for.
func (s *Snapshot) groupsOf(q BenchmarkQuery) ([]group, error) {
	var area Area
	if q.Of != "" {
		found, err := s.Area(q.Of)
		if err != nil {
			return nil, err
		}
		area = found
	}
	switch {
	case q.Group == GroupAll:
		return []group{{kind: GroupAll, name: string(GroupAll)}}, nil
	case q.Group == GroupList:
		listed, err := s.listed(q.Areas)
		return []group{{kind: GroupList, name: string(GroupList), listed: listed}}, err
	case q.Group == GroupFamily && q.Of == "":
		return nil, &InvalidError{Field: "of", Kind: "required"}
	case q.Group == GroupFamily && len(s.neighbours[q.Of]) == 0:
		return nil, &InvalidError{Field: "group", Kind: "family", Value: q.Of}
	case q.Group == GroupFamily:
		return []group{{kind: GroupFamily, name: q.Of}}, nil
	case q.Of != "" && q.Group == GroupNation:
		return []group{{kind: q.Group, name: area.Nation}}, nil
	case q.Of != "":
		return []group{{kind: q.Group, name: area.Region}}, nil
	}
	var all []group
	for _, p := range s.places {
		if p.Group == q.Group {
			all = append(all, group{kind: q.Group, name: p.ID})
		}
	}
	return all, nil
}

// listed are the ids of areas that an asker lists, each once.
func (s *Snapshot) listed(ids []string) ([]string, error) {
	if len(ids) < MinCompared || len(ids) > MostListed {
		return nil, &InvalidError{Field: "areas", Kind: "listed"}
	}
	for _, id := range ids {
		if _, err := s.Area(id); err != nil {
			return nil, err
		}
	}
	ids = slices.Sorted(slices.Values(ids))
	return slices.Compact(ids), nil
}

// ListAreas reads areas from a list of names with commas between them: ids, names or aliases in either language. A
// name that is no area's, or more than one's, is a *NotFoundError with the nearest.
func (s *Snapshot) ListAreas(text string) ([]string, error) {
	var ids []string
	for name := range strings.SplitSeq(text, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		area, err := s.Area(name)
		if err != nil {
			named, ok := s.AreaNamed(name)
			if !ok {
				return nil, err
			}
			area = named
		}
		ids = append(ids, area.ID)
	}
	return ids, nil
}

// has says whether an area belongs to a group; former areas belong too.
func (s *Snapshot) has(g group, area Area) bool {
	switch g.kind {
	case GroupAll:
		return true
	case GroupNation:
		return area.Nation == g.name
	case GroupRegion:
		return area.Region == g.name
	case GroupFamily:
		return slices.ContainsFunc(s.neighbours[g.name], func(n Neighbour) bool { return n.Neighbour == area.ID })
	}
	return slices.Contains(g.listed, area.ID)
}

// sizeOf is how many areas a group had on a day, the area left out not among them; on the newest day known where
// none is given. A family and a list have as many as they name.
func (s *Snapshot) sizeOf(g group, without string, day *time.Time) int {
	size := 0
	switch g.kind {
	case GroupFamily:
		size = len(s.neighbours[g.name])
	case GroupList:
		size = len(g.listed)
	default:
		size = s.groupSize(g.kind, g.name, day)
	}
	if at, known := s.areaAt[without]; known && s.has(g, s.areas[at]) &&
		(g.kind == GroupList || s.areas[at].existed(day)) {
		size--
	}
	return size
}

// groupSize is how many areas a group had on a day; on the newest day known where none is given.
func (s *Snapshot) groupSize(group GroupKind, name string, day *time.Time) int {
	areas := 0
	for _, size := range s.sizes[groupKey{group, name}] {
		if day == nil || size.From == nil || !size.From.After(*day) {
			areas = size.Areas
		}
	}
	return areas
}

// existed says whether an area is counted on a day; a nil day is the newest.
func (a Area) existed(day *time.Time) bool {
	switch {
	case a.Counted == nil:
		return false
	case day == nil:
		return a.Counted.To.IsZero()
	}
	return !a.Counted.From.After(*day) && (a.Counted.To.IsZero() || !a.Counted.To.Before(*day))
}
