package api

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/export"
	"yardstick/dashboards/view"
)

// DocumentPath is where the document stands under Root.
const DocumentPath = "/openapi.json"

// Version is that of the interface. Its first number is in every address.
const Version = "1.0.0"

// Licence is that of the figures.
const licenceName, licenceURL = "Open Government Licence v3.0",
	"https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"

// Document describes the interface, as OpenAPI 3.1 has it.
type Document struct {
	OpenAPI    string              `json:"openapi"`
	Info       Info                `json:"info"`
	Servers    []DocumentServer    `json:"servers"`
	Security   []struct{}          `json:"security"` // none is wanted
	Paths      map[string]PathItem `json:"paths"`
	Components Components          `json:"components"`
}

// Info says what is described.
type Info struct {
	Title       string  `json:"title"`
	Summary     string  `json:"summary"`
	Description string  `json:"description"`
	Version     string  `json:"version"`
	Licence     Licence `json:"license"`
}

// Licence is the licence of the figures.
type Licence struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

// DocumentServer is where the interface stands: an address relative to the document's own.
type DocumentServer struct {
	URL string `json:"url"`
}

// PathItem is what may be done at an address.
type PathItem struct {
	Get Operation `json:"get"`
}

// Operation is one question to the interface.
type Operation struct {
	ID          string                       `json:"operationId"`
	Summary     string                       `json:"summary"`
	Description string                       `json:"description"`
	Parameters  []DocumentParam              `json:"parameters,omitempty"`
	Responses   map[string]*DocumentResponse `json:"responses"`
	Example     string                       `json:"x-example"` // an address that has an answer
}

// DocumentParam is a parameter of a question.
type DocumentParam struct {
	Name        string  `json:"name"`
	In          string  `json:"in"`
	Description string  `json:"description"`
	Required    bool    `json:"required,omitempty"`
	Style       string  `json:"style,omitempty"`
	Explode     bool    `json:"explode,omitempty"`
	Schema      *Schema `json:"schema"`
	Example     any     `json:"example,omitempty"`
}

// DocumentResponse is an answer by its status.
type DocumentResponse struct {
	Description string                    `json:"description"`
	Headers     map[string]DocumentHeader `json:"headers,omitempty"`
	Content     map[string]DocumentMedia  `json:"content,omitempty"`
}

// DocumentHeader is a header of an answer.
type DocumentHeader struct {
	Description string  `json:"description"`
	Schema      *Schema `json:"schema"`
}

// DocumentMedia is an answer in one format.
type DocumentMedia struct {
	Schema *Schema `json:"schema"`
}

// Components are the schemas by name.
type Components struct {
	Schemas map[string]*Schema `json:"schemas"`
}

// Describe is the document of a release: the addresses of Endpoints, their parameters with the ids that the release
// holds, and the schemas of the Go types that are answered. words are in the document's language.
func Describe(s *analytics.Snapshot, words *view.Words) (Document, error) {
	shapes := &shapes{words: words, named: make(map[string]*Schema)}
	d := Document{
		OpenAPI:  "3.1.0",
		Servers:  []DocumentServer{{URL: Root}},
		Security: []struct{}{},
		Paths:    make(map[string]PathItem),
		Info: Info{
			Title:       words.Say("api.title"),
			Summary:     words.Say("api.finding"),
			Description: words.Say("api.rule.promise"),
			Version:     Version,
			Licence:     Licence{Name: licenceName, URL: licenceURL},
		},
	}
	for _, e := range Endpoints() {
		d.Paths[e.Template()] = PathItem{Get: operationOf(s, shapes, e)}
	}
	d.Paths[DocumentPath] = PathItem{
		Get: Operation{
			ID:          "openapi",
			Summary:     words.Say("api.path.openapi"),
			Description: words.Say("api.about.openapi"),
			Example:     Root + DocumentPath,
			Responses: map[string]*DocumentResponse{
				"200": answered(words, DocumentMedia{Schema: &Schema{Type: "object"}}),
				"304": {Description: words.Say("api.same")},
				"503": failed(shapes, 503),
			},
		},
	}
	d.Components.Schemas = shapes.named
	if err := words.Err(); err != nil {
		return d, fmt.Errorf("describe the interface: %w", err)
	}
	return d, nil
}

// JSON is the document as it is sent.
func (d Document) JSON() (Body, error) {
	content, err := json.Marshal(d)
	if err != nil {
		return Body{}, fmt.Errorf("encode document: %w", err)
	}
	return Body{Content: append(content, '\n'), Type: TypeJSON, Language: "en"}, nil
}

// Template is the endpoint's path under Root, with {id} where an id stands.
func (e Endpoint) Template() string { return strings.Replace(e.Path, ":id", "{id}", 1) }

// Kinds are the names of the objects in an endpoint's data, each before those inside it.
func (d Document) Kinds(e Endpoint) []string {
	var names []string
	var into func(s *Schema)
	into = func(s *Schema) {
		switch name := strings.TrimPrefix(s.Ref, schemaRoot); {
		case s.Ref == "":
		case slices.Contains(names, name):
			return
		default:
			names = append(names, name)
			into(d.Components.Schemas[name])
			return
		}
		for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
			into(s.Properties[name])
		}
		for _, inner := range append([]*Schema{s.Items, s.AdditionalProperties}, s.AnyOf...) {
			if inner != nil {
				into(inner)
			}
		}
	}
	into(d.Paths[e.Template()].Get.Responses["200"].Content["application/json"].Schema.Properties["data"])
	return names
}

func operationOf(s *analytics.Snapshot, shapes *shapes, e Endpoint) Operation {
	w := shapes.words
	o := Operation{
		ID:          e.Name,
		Summary:     w.Say("api.path." + e.Name),
		Description: w.Say("api.about." + e.Name),
		Example:     Root + e.Example,
		Responses:   map[string]*DocumentResponse{"304": {Description: w.Say("api.same")}},
	}
	path, text, _ := strings.Cut(e.Example, "?")
	_, id, _ := Find(path)
	query, _ := url.ParseQuery(text) // which a test holds to be one
	for _, p := range e.Parameters() {
		o.Parameters = append(o.Parameters, documentParam(s, w, p, id, query[p.Name]))
	}
	ok := answered(w, DocumentMedia{Schema: shapes.envelope(e)})
	for _, f := range export.Formats() {
		if f.Name != export.JSON {
			media, _, _ := strings.Cut(f.Type, ";")
			ok.Content[media] = DocumentMedia{Schema: &Schema{Type: "string", ContentMediaType: media}}
		}
	}
	o.Responses["200"] = ok
	for _, status := range e.Statuses() {
		o.Responses[strconv.Itoa(status)] = failed(shapes, status)
	}
	return o
}

func documentParam(s *analytics.Snapshot, w *view.Words, p Param, id string, example []string) DocumentParam {
	out := DocumentParam{
		Name:        p.Label(),
		In:          "query",
		Description: w.Say("api.param." + p.Name),
		Required:    p.Required,
		Schema:      p.Schema(s),
	}
	switch {
	case p.InPath:
		out.In, out.Example = "path", id
	case p.Repeats:
		out.Style, out.Explode, out.Example = "form", true, example
	case len(example) == 1 && out.Schema.Type == "integer":
		out.Example, _ = strconv.Atoi(example[0])
	case len(example) == 1:
		out.Example = example[0]
	}
	return out
}

// envelope is the schema of an endpoint's answer in JSON.
func (s *shapes) envelope(e Endpoint) *Schema {
	data := s.of(reflect.TypeOf(e.shape))
	out := &Schema{Type: "object", Required: []string{"release", "data", "sources"}, Properties: map[string]*Schema{
		"release": s.of(reflect.TypeFor[Release]()), "data": data, "sources": s.of(reflect.TypeFor[[]Source]())}}
	if e.Paged {
		out.Properties["page"] = s.of(reflect.TypeFor[Page]())
		out.Required = append(out.Required, "page")
	}
	if e.Censored {
		out.Properties["censored"] = s.of(reflect.TypeFor[Censored]())
	}
	return out
}

// answered is an answer in JSON with the headers that let it be asked for again.
func answered(w *view.Words, media DocumentMedia) *DocumentResponse {
	return &DocumentResponse{
		Description: w.Say("api.answered"),
		Content:     map[string]DocumentMedia{"application/json": media},
		Headers: map[string]DocumentHeader{
			"ETag": {Description: w.Say("api.etag"), Schema: &Schema{Type: "string"}},
		},
	}
}

// failed is an error by its status.
func failed(s *shapes, status int) *DocumentResponse {
	about := s.words.Say("api.status." + strconv.Itoa(status))
	return &DocumentResponse{Description: http.StatusText(status) + ". " + about,
		Content: map[string]DocumentMedia{"application/json": {Schema: s.of(reflect.TypeFor[ErrorAnswer]())}}}
}
