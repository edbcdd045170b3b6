package api

import (
	"encoding/json"
	"fmt"
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

// Root is where the interface stands on the site.
const Root = "/api/v1"

// TypeJSON is the content type of answers in JSON.
const TypeJSON = "application/json; charset=utf-8"

// Request is what an answer is made from.
type Request struct {
	Snapshot  *analytics.Snapshot
	ID        string // the :id of the path, if any
	Query     url.Values
	Languages map[string]*i18n.Language
	Desk      *target.Study // of the snapshot; nil for one that keeps nothing

	path   string // of the endpoint that was asked, from the site's root
	window window // the part of a list that is asked for
}

// Body is an answer ready to send.
type Body struct {
	Content  []byte
	Type     string
	Name     string // of the file to save it under; empty where it is to be read at once
	Packed   bool   // it is compressed within
	Language string // of the words in it
}

// answer is data with the ids of its sources, and the same as a table.
type answer struct {
	data     any
	sources  []string
	table    export.Table
	censored *Censored // why nothing is computed; nil where something may be
	page     *Page     // which part of a list data is; nil for what is no list, and for files
}

// row adds a row to the answer's table.
func (a *answer) row(values ...any) { a.table.Rows = append(a.table.Rows, export.Row(values...)) }

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
	return Body{
		Content: content,
		Type:    format.Type,
		Name:    datapackage.FileName(release, name, format.Name),
		Packed:  format.Packed(),
	}, nil
}

// clip keeps what an error repeats short.
func clip(text string) string { return strings.ToValidUTF8(text[:min(len(text), 60)], "�") }

// Answer is the shape of every JSON answer. Page stands beside the data of lists alone, and Censored beside that of
// benchmarks where it is why they are none.
type Answer struct {
	Release  Release   `json:"release"`
	Data     any       `json:"data"`
	Page     *Page     `json:"page,omitempty"`
	Censored *Censored `json:"censored,omitempty"`
	Sources  []Source  `json:"sources"`
}

// Release names the release an answer was made from: its id and the moment it was first built.
type Release struct {
	ID   string    `json:"id"`
	Date time.Time `json:"date"`
}

// Source is a document that figures of the answer were read from. publisher is who published the figures, by name;
// url is where they were read, which may be somebody else's.
type Source struct {
	ID          string  `json:"id" column:"source"`
	Title       *string `json:"title"`
	URL         string  `json:"url"`
	Detail      *string `json:"detail"`
	OriginalURL *string `json:"original_url"`
	Licence     string  `json:"licence"`
	Publisher   *string `json:"publisher"`
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
		Release:  Release{ID: s.Release().ID, Date: s.Release().Published},
		Data:     a.data,
		Page:     a.page,
		Censored: a.censored,
		Sources:  []Source{},
	}
	for _, o := range s.SourcesOf(a.sources) {
		out.Sources = append(out.Sources, sourceOf(s, o))
	}
	content, err := json.Marshal(out)
	if err != nil {
		return Body{}, fmt.Errorf("encode answer: %w", err)
	}
	return Body{Content: append(content, '\n'), Type: TypeJSON}, nil
}

func sourceOf(s *analytics.Snapshot, o analytics.Source) Source {
	return Source{
		ID:          o.ID,
		Title:       some(o.Title),
		URL:         o.URL,
		Detail:      some(o.Detail),
		OriginalURL: some(o.OriginalURL),
		Licence:     o.Licence,
		Publisher:   some(s.Publisher(o.Publisher).Name.EN),
	}
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
