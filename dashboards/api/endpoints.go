package api

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"yardstick/analytics"
	"yardstick/analytics/target"
	"yardstick/dashboards/export"
	"yardstick/dashboards/i18n"
)

// Endpoint is one address of the interface: all that it takes and gives. The document at /openapi.json and the
// reference page are made from it. Answer fails with *analytics.NotFoundError, *analytics.WithdrawnError and
// *analytics.InvalidError, the last naming the parameter.
type Endpoint struct {
	Path     string   // under Root; :id stands for an id
	Name     string   // of its words in the catalogues (api.path.*, api.about.*), and its operation's
	Params   []string // of its own, by their names in the table of parameters
	Required []string // of those, the ones that must be given
	Censored bool     // it says why it has nothing of a censored measure
	Paged    bool     // its data is a list, which limit and offset take a part of
	Typed    bool     // readers ask as they type, so that its many small answers are kept apart from the others
	Heavy    bool     // it takes all cores to work out, so that a server lets one be worked out at a time
	Example  string   // an address under Root that has an answer in the shipped record
	shape    any      // of the type that data has
	ask      func(Request) (answer, error)
}

// Endpoints are all addresses of the interface.
func Endpoints() []Endpoint {
	return []Endpoint{
		{
			Path:    "/areas",
			Name:    "areas",
			Params:  []string{"q"},
			Paged:   true,
			Example: "/areas?q=rutland",
			shape:   []Area{},
			ask:     areas,
		},
		{Path: "/areas/:id", Name: "area", Example: "/areas/leicestershire-and-rutland", shape: Area{}, ask: area},
		{
			Path:    "/suggestions",
			Name:    "suggestions",
			Params:  []string{"q", "lang"},
			Typed:   true,
			Example: "/suggestions?q=rutl",
			shape:   Suggestions{},
			ask:     suggestions,
		},
		{
			Path:    "/map",
			Name:    "map",
			Params:  []string{"programme", "measure", "scale", "indicator"},
			Example: "/map?programme=yj2018&measure=overall",
			shape:   Map{},
			ask:     areaMap,
		},
		{
			Path:    "/overview",
			Name:    "overview",
			Params:  []string{"show", "region"},
			Paged:   true,
			Example: "/overview?show=yj2025&limit=5",
			shape:   []OverviewCell{},
			ask:     overview,
		},
		{Path: "/inspections", Name: "inspections", Params: []string{"area", "programme", "from", "to"}, Paged: true,
			Example: "/inspections?programme=fji&from=2016", shape: []Inspection{}, ask: inspections},
		{
			Path:    "/inspections/:id",
			Name:    "inspection",
			Example: "/inspections/leicester-city-fji-2016",
			shape:   Inspection{},
			ask:     inspection,
		},
		{Path: "/results", Name: "results", Params: []string{"programme", "measure", "area", "areas", "from", "to"},
			Paged:   true,
			Example: "/results?programme=cci&measure=safeguarding&limit=10", shape: []Result{}, ask: results},
		{
			Path:    "/findings",
			Name:    "findings",
			Params:  []string{"inspection", "kind", "area", "programme"},
			Paged:   true,
			Example: "/findings?inspection=leicester-city-fji-2016&kind=reason",
			shape:   []Finding{},
			ask:     findings,
		},
		{
			Path:     "/benchmarks",
			Name:     "benchmarks",
			Censored: true,
			Params:   []string{"programme", "measure", "group", "of", "without", "areas", "as_of"},
			Required: []string{"programme", "measure"},
			Example:  "/benchmarks?programme=cci&measure=safeguarding&group=region&as_of=2012-06-13",
			shape:    []Benchmark{},
			ask:      benchmarks,
		},
		{
			Path:     "/statistics",
			Name:     "statistics",
			Params:   []string{"indicator", "period", "group", "of", "without", "areas"},
			Required: []string{"indicator"},
			Example:  "/statistics?indicator=children_cautioned_or_sentenced_rate_per_1000&group=region",
			shape:    []Statistic{},
			ask:      statistics,
		},
		{
			Path:    "/funnel",
			Name:    "funnel",
			Params:  []string{"programme", "measure", "as_of", "indicator", "period"},
			Heavy:   true,
			Example: "/funnel?indicator=children_cautioned_or_sentenced_rate_per_1000&period=2022-03-31",
			shape:   FunnelAnswer{},
			ask:     funnel,
		},
		{Path: "/trends", Name: "trends", Params: []string{"theme", "programme", "measure", "region"},
			Example: "/trends?programme=yj2018&measure=overall&region=wales", shape: Trends{}, ask: trends},
		{Path: "/indicators", Name: "indicators", Params: []string{"indicator", "area"}, Paged: true,
			Example: "/indicators?indicator=fte_rate_per_100k&area=leicester-city", shape: []Series{}, ask: indicators},
		{Path: "/compare", Name: "compare", Params: []string{"with", "lang"}, Required: []string{"with"},
			Example: "/compare?with=leicester-city-fji-2016&with=leicestershire-and-rutland-cci-2012", shape: Comparison{},
			ask: compare},
		{
			Path:    "/sources",
			Name:    "sources",
			Paged:   true,
			Example: "/sources?limit=5",
			shape:   []Source{},
			ask:     sources,
		},
		{Path: "/release", Name: "release", Example: "/release", shape: Holdings{}, ask: release},
		{
			Path:    "/releases",
			Name:    "releases",
			Paged:   true,
			Example: "/releases",
			shape:   []Publication{},
			ask:     releases,
		},
		{
			Path:    "/target",
			Name:    "target",
			Params:  target.Params(),
			Heavy:   true,
			Example: "/target?places=4",
			shape:   Desk{},
			ask:     desk,
		},
		{
			Path:    "/target/backtest",
			Name:    "backtest",
			Heavy:   true,
			Example: "/target/backtest",
			shape:   Backtest{},
			ask:     deskBacktest,
		},
	}
}

// Find is the endpoint that answers an address under Root, with the id that stands in it; false where none does.
func Find(path string) (e Endpoint, id string, ok bool) {
	for _, e := range Endpoints() {
		prefix, byID := strings.CutSuffix(e.Path, ":id")
		id, under := strings.CutPrefix(path, prefix)
		switch {
		case !byID && e.Path == path:
			return e, "", true
		case byID && under && id != "" && !strings.Contains(id, "/"):
			return e, id, true
		}
	}
	return Endpoint{}, "", false
}

// Answer answers a request in the format it asks for.
func (e Endpoint) Answer(r Request) (Body, error) {
	if err := e.check(r); err != nil {
		return Body{}, err
	}
	name := r.Query.Get("format")
	format, known := export.Find(name)
	inJSON := name == "" || name == export.JSON
	if !inJSON && !known {
		return Body{}, &analytics.InvalidError{Field: "format", Kind: "format", Value: clip(name)}
	}
	r.path, r.Query = Root+e.Path, given(r.Query)
	var err error
	if r.window, err = e.windowOf(r, inJSON); err != nil {
		return Body{}, err
	}
	a, err := e.ask(r)
	if err != nil {
		return Body{}, err
	}
	var body Body
	if inJSON {
		body, err = a.json(r.Snapshot)
	} else {
		body, err = a.file(r.Snapshot.Release(), e.fileName(r), format)
	}
	body.Language = i18n.Languages()[0]
	if slices.Contains(e.Params, "lang") && r.Query.Get("lang") != "" {
		body.Language = r.Query.Get("lang")
	}
	return body, err
}

// check holds the names of a request's parameters to those that the endpoint takes, each as often as it may be given.
func (e Endpoint) check(r Request) error {
	known := e.query()
	for _, name := range slices.Sorted(maps.Keys(r.Query)) {
		if !slices.Contains(known, name) {
			return &analytics.InvalidError{Field: clip(name), Kind: "parameter", Value: strings.Join(known, ", ")}
		}
		if len(r.Query[name]) > 1 && !paramOf(name).Repeats {
			return &analytics.InvalidError{Field: name, Kind: "once", Value: name}
		}
	}
	return nil
}

// given is a query without the values that are empty: a parameter without a value is as if it were not given.
func given(query url.Values) url.Values {
	out := make(url.Values, len(query))
	for name, values := range query {
		for _, value := range values {
			if value != "" {
				out.Add(name, value)
			}
		}
	}
	return out
}

// query are the names of all parameters that may stand in the endpoint's query.
func (e Endpoint) query() []string {
	names := slices.Clone(e.Params)
	if e.Paged {
		names = append(names, "limit", "offset")
	}
	return append(names, "format")
}

// Parameters are all parameters of the endpoint, that of its path first.
func (e Endpoint) Parameters() []Param {
	var out []Param
	if strings.HasSuffix(e.Path, ":id") {
		id := paramOf(e.Name + "_id")
		id.Required = true
		out = append(out, id)
	}
	for _, name := range e.query() {
		p := paramOf(name)
		p.Required = slices.Contains(e.Required, name)
		out = append(out, p)
	}
	return out
}

// Failure is a kind of error: its status, and the codes that errors of that status have.
type Failure struct {
	Status int
	Codes  []string
	Any    bool // any address may answer so
}

// Failures are all kinds of error, by status.
func Failures() []Failure {
	return []Failure{
		{400, []string{"invalid", "bad_request"}, true},
		{404, []string{"not_found"}, false},
		{405, []string{"method"}, false},
		{410, []string{"withdrawn"}, false},
		{414, []string{"too_long"}, true},
		{500, []string{"internal"}, true},
		{503, []string{"no_release", "busy"}, true},
	}
}

// Statuses are the errors that the endpoint may answer with.
func (e Endpoint) Statuses() []int {
	var statuses []int
	for _, f := range Failures() {
		if f.Any {
			statuses = append(statuses, f.Status)
		}
	}
	for _, p := range e.Parameters() {
		for _, status := range p.statuses {
			if !slices.Contains(statuses, status) {
				statuses = append(statuses, status)
			}
		}
	}
	slices.Sort(statuses)
	return statuses
}
