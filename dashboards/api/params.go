package api

import (
	"slices"

	"yardstick/analytics"
	"yardstick/analytics/target"
	"yardstick/dashboards/export"
	"yardstick/dashboards/i18n"
)

// Param is a parameter of the interface, as the document and the reference page describe it. Its words are in the
// catalogues under api.param. and its name; its handler reads it.
type Param struct {
	Name     string
	InPath   bool
	Required bool // of the endpoint it is described for
	Repeats  bool // it may be given more than once
	statuses []int
	schema   func(*analytics.Snapshot) *Schema
}

// Label is the parameter's name in addresses: in a path it is {id}, whatever it is the id of.
func (p Param) Label() string {
	if p.InPath {
		return "id"
	}
	return p.Name
}

// params is the table of all parameters. A value that the record does not hold is answered with one of the statuses.
func params() []Param {
	missing := []int{404}
	gone := []int{404, 410}
	all := []Param{
		{Name: "area_id", InPath: true, statuses: missing, schema: idOf},
		{Name: "inspection_id", InPath: true, statuses: gone, schema: idOf},
		{Name: "q", schema: textOf},
		{Name: "area", statuses: missing, schema: idOf},
		{Name: "of", statuses: missing, schema: idOf},
		{Name: "inspection", statuses: gone, schema: idOf},
		{Name: "kind", schema: kindsOf},
		{Name: "programme", statuses: missing, schema: programmesOf},
		{Name: "measure", statuses: missing, schema: measuresOf},
		{Name: "from", schema: dateOf},
		{Name: "to", schema: dateOf},
		{Name: "as_of", schema: dateOf},
		{
			Name: "group",
			schema: wordsOf(texts(analytics.GroupAll, analytics.GroupNation, analytics.GroupRegion,
				analytics.GroupFamily, analytics.GroupList)...),
		},
		{Name: "without", schema: idOf},
		{Name: "areas", statuses: missing, schema: textOf},
		{Name: "period", schema: dateOf},
		{Name: "scale", schema: scalesOf},
		{Name: "theme", schema: func(s *analytics.Snapshot) *Schema { return oneOf(s.Themes()) }},
		{Name: "region", schema: regionsOf},
		{Name: "indicator", schema: func(s *analytics.Snapshot) *Schema { return oneOf(s.Indicators()) }},
		{Name: "show", schema: showsOf},
		{Name: "with", Repeats: true, statuses: gone, schema: withOf},
		{Name: "lang", schema: wordsOf(i18n.Languages()...)},
		{Name: "format", schema: wordsOf(export.JSON, export.CSV, export.XLSX, export.Parquet)},
		{Name: "limit", schema: wholeOf(usualLimit, 1, mostLimit)},
		{Name: "offset", schema: wholeOf(0, 0, mostOffset)},
		{Name: target.ParamPlaces, schema: wholeOf(12, 1, target.MaxPlaces)},
		{Name: target.ParamStrong, schema: wholeOf(1, 0, target.MaxPlaces)},
		{Name: target.ParamPerRegion, schema: wholeOf(0, 0, target.MaxPlaces)},
		{Name: target.ParamExclude, schema: wholeOf(0, 0, target.MaxExclude)},
		{Name: target.ParamCertainty, schema: numberOf(0, target.MaxCertainty)},
	}
	for _, c := range target.Criteria() {
		all = append(all, Param{Name: string(c), schema: numberOf(target.DefaultWeights()[c], target.MaxWeight)})
	}
	return all
}

// paramOf is the parameter of a name; the zero Param where the table has none.
func paramOf(name string) Param {
	all := params()
	at := slices.IndexFunc(all, func(p Param) bool { return p.Name == name })
	if at < 0 {
		return Param{}
	}
	return all[at]
}

// Schema is what the parameter may hold, given a release.
func (p Param) Schema(s *analytics.Snapshot) *Schema { return p.schema(s) }

func textOf(*analytics.Snapshot) *Schema { return &Schema{Type: "string"} }

func idOf(*analytics.Snapshot) *Schema {
	return &Schema{Type: "string", Pattern: "^[a-z0-9][a-z0-9-]{0,99}$"}
}

func dateOf(*analytics.Snapshot) *Schema {
	return &Schema{Type: "string", Pattern: `^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$`}
}

// wordsOf is one of a few words, the first of which is taken where nothing is given.
func wordsOf(words ...string) func(*analytics.Snapshot) *Schema {
	return func(*analytics.Snapshot) *Schema {
		s := oneOf(words)
		s.Default = words[0]
		return s
	}
}

// texts are words of a type as text.
func texts[W ~string](words ...W) []string {
	out := make([]string, len(words))
	for n, word := range words {
		out[n] = string(word)
	}
	return out
}

func oneOf(words []string) *Schema {
	s := &Schema{Type: "string"}
	for _, word := range words {
		s.Enum = append(s.Enum, word)
	}
	return s
}

func programmesOf(s *analytics.Snapshot) *Schema {
	var ids []string
	for _, p := range s.Programmes() {
		ids = append(ids, p.ID)
	}
	return oneOf(ids)
}

func kindsOf(*analytics.Snapshot) *Schema {
	return oneOf(texts(analytics.FindingKinds()...))
}

func scalesOf(s *analytics.Snapshot) *Schema {
	var ids []string
	for _, scale := range s.Scales() {
		ids = append(ids, scale.ID)
	}
	return oneOf(ids)
}

// measuresOf are the measures of every programme; each programme has its own.
func measuresOf(s *analytics.Snapshot) *Schema {
	var ids []string
	for _, p := range s.Programmes() {
		for _, m := range s.Measures(p.ID) {
			ids = gather(ids, m.ID)
		}
	}
	return oneOf(ids)
}

func regionsOf(s *analytics.Snapshot) *Schema {
	var ids []string
	for _, p := range s.Places() {
		if p.Group == analytics.GroupRegion {
			ids = append(ids, p.ID)
		}
	}
	return oneOf(ids)
}

func withOf(s *analytics.Snapshot) *Schema {
	fewest, most := analytics.MinCompared, analytics.MaxCompared
	return &Schema{Type: "array", Items: idOf(s), MinItems: &fewest, MaxItems: &most}
}

func wholeOf(usual, least, most int) func(*analytics.Snapshot) *Schema {
	return func(*analytics.Snapshot) *Schema {
		lower, upper := float64(least), float64(most)
		return &Schema{Type: "integer", Default: usual, Minimum: &lower, Maximum: &upper}
	}
}

func numberOf(usual, most float64) func(*analytics.Snapshot) *Schema {
	return func(*analytics.Snapshot) *Schema {
		lower := 0.0
		return &Schema{Type: "number", Default: usual, Minimum: &lower, Maximum: &most}
	}
}

// known fails where the record does not have what a request names by these parameters, in their order.
func (r Request) known(names ...string) error {
	for _, name := range names {
		id := r.Query.Get(name)
		if id == "" {
			continue
		}
		var err error
		switch name {
		case "area":
			_, err = r.Snapshot.Area(id)
		case "programme":
			_, err = r.Snapshot.Programme(id)
		case "inspection":
			_, err = r.Snapshot.Inspection(id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// required fails where a request has no value of one of these parameters.
func (r Request) required(names ...string) error {
	for _, name := range names {
		if r.Query.Get(name) == "" {
			return &analytics.InvalidError{Field: name, Kind: "required"}
		}
	}
	return nil
}

// wants says whether a value is what a parameter asks for; any value is where it is not given.
func (r Request) wants(name, value string) bool {
	filter := r.Query.Get(name)
	return filter == "" || filter == value
}
