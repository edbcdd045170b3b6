package api

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/target"
	"yardstick/dashboards/export"
	"yardstick/dashboards/export/datapackage"
	"yardstick/dashboards/i18n"
)

// TypeJSON is the content type of answers in JSON.
const TypeJSON = "application/json; charset=utf-8"

// Request is what an answer is made from.
type Request struct {
	Snapshot  *analytics.Snapshot
	ID        string // the :id of the path, if any
	Query     url.Values
	Languages map[string]*i18n.Language
}

// Body is an answer ready to send.
type Body struct {
	Content []byte
	Type    string
	Name    string // of the file to save it under; empty where it is to be read at once
	Packed  bool   // it is compressed within
}

// Endpoint is one address of the interface. Answer fails with *analytics.NotFoundError and *analytics.InvalidError,
// the latter naming the parameter.
type Endpoint struct {
	Path   string // under /api/v1; :id stands for an id
	Params []string
	ask    func(Request) (answer, error)
}

// answer is data with the ids of its sources, and the same as a table.
type answer struct {
	data    any
	sources []string
	table   export.Table
}

// row adds a row to the answer's table.
func (a *answer) row(values ...any) { a.table.Rows = append(a.table.Rows, export.Row(values...)) }

// Heavy says that the answer takes all cores to work out, so that a server lets one be worked out at a time.
func (e Endpoint) Heavy() bool { return e.Path == "/target" }

// Typed says that readers ask as they type, so that its many small answers are kept apart from the others.
func (e Endpoint) Typed() bool { return e.Path == "/suggestions" }

// Endpoints are all addresses of the interface.
func Endpoints() []Endpoint {
	return []Endpoint{
		{"/areas", []string{"q"}, areas},
		{"/areas/:id", nil, area},
		{"/suggestions", []string{"q", "lang"}, suggestions},
		{"/map", []string{"programme", "measure", "scale", "indicator"}, areaMap},
		{"/inspections", []string{"area", "programme", "from", "to"}, inspections},
		{"/inspections/:id", nil, inspection},
		{"/results", []string{"programme", "measure", "area"}, results},
		{"/benchmarks", []string{"programme", "measure", "group", "of", "as_of"}, benchmarks},
		{"/trends", []string{"theme", "programme", "measure", "region"}, trends},
		{"/indicators", []string{"indicator", "area"}, indicators},
		{"/compare", []string{"with", "lang"}, compare},
		{"/sources", nil, sources},
		{"/release", nil, release},
		{"/releases", nil, releases},
		{"/target", target.Params(), desk},
	}
}

// repeated are the parameters that may be given more than once.
var repeated = []string{"with"}

// Answer answers a request in the format it asks for.
func (e Endpoint) Answer(r Request) (Body, error) {
	for _, name := range slices.Sorted(maps.Keys(r.Query)) {
		values := r.Query[name]
		if name != "format" && !slices.Contains(e.Params, name) {
			return Body{}, &analytics.InvalidError{Field: clip(name), Kind: "parameter", Value: strings.Join(e.Params, ", ")}
		}
		if len(values) > 1 && !slices.Contains(repeated, name) {
			return Body{}, &analytics.InvalidError{Field: name, Kind: "once", Value: name}
		}
	}
	a, err := e.ask(r)
	if err != nil {
		return Body{}, err
	}
	name := r.Query.Get("format")
	format, known := export.Find(name)
	switch {
	case name == "" || name == export.JSON:
		return a.json(r.Snapshot)
	case !known:
		return Body{}, &analytics.InvalidError{Field: "format", Kind: "format", Value: clip(name)}
	}
	return a.file(r.Snapshot.Release(), e.fileName(r), format)
}

// fileName is what the answer's table is called: the path of the endpoint, and what was asked for by id.
func (e Endpoint) fileName(r Request) string {
	return strings.NewReplacer("/", "", ":id", "-"+r.ID).Replace(e.Path)
}

// file is the answer's table in a format other than the interface's own.
func (a answer) file(release analytics.Release, name string, format export.Format) (Body, error) {
	a.table.Name = name
	a.table.Title = "Yardstick: " + name
	content, err := format.File(a.table, datapackage.Origin(release))
	if err != nil {
		return Body{}, fmt.Errorf("encode answer: %w", err)
	}
	return Body{Content: content, Type: format.Type, Name: datapackage.FileName(release, name, format.Name), Packed: format.Packed()}, nil
}

// clip keeps what an error repeats short.
func clip(text string) string { return strings.ToValidUTF8(text[:min(len(text), 60)], "�") }

// Answer is the shape of every JSON answer.
type Answer struct {
	Release Release  `json:"release"`
	Data    any      `json:"data"`
	Sources []Source `json:"sources"`
}

// Release names the release an answer was made from: its id and the moment it was first built.
type Release struct {
	ID   string    `json:"id"`
	Date time.Time `json:"date"`
}

// Source is a document that figures of the answer were read from.
type Source struct {
	ID          string  `json:"id"`
	Title       *string `json:"title"`
	URL         string  `json:"url"`
	Detail      *string `json:"detail"`
	OriginalURL *string `json:"original_url"`
	Licence     string  `json:"licence"`
}

// ErrorAnswer is the shape of every JSON error.
type ErrorAnswer struct {
	Error Error `json:"error"`
}

// Error says what is wrong: a code, a message in English, the parameter it is about, and nearby ids if any.
type Error struct {
	Code    string   `json:"code"`
	Message string   `json:"message"`
	Field   string   `json:"field"`
	Nearest []string `json:"nearest,omitempty"`
}

func (a answer) json(s *analytics.Snapshot) (Body, error) {
	out := Answer{
		Release: Release{ID: s.Release().ID, Date: s.Release().Built},
		Data:    a.data,
		Sources: []Source{},
	}
	for _, o := range s.SourcesOf(a.sources) {
		out.Sources = append(out.Sources, sourceOf(o))
	}
	content, err := json.Marshal(out)
	if err != nil {
		return Body{}, fmt.Errorf("encode answer: %w", err)
	}
	return Body{Content: append(content, '\n'), Type: TypeJSON}, nil
}

func sourceOf(o analytics.Source) Source {
	return Source{ID: o.ID, Title: some(o.Title), URL: o.URL, Detail: some(o.Detail), OriginalURL: some(o.OriginalURL),
		Licence: o.Licence}
}

// some is nil for empty text: what a source does not show is null, not "".
func some(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// list is never null in JSON.
func list(items []string) []string {
	if items == nil {
		return []string{}
	}
	return items
}

// gather adds ids that are not there yet, in order.
func gather(into []string, ids ...string) []string {
	for _, id := range ids {
		if !slices.Contains(into, id) {
			into = append(into, id)
		}
	}
	return into
}
