package site

import (
	"bytes"
	"errors"
	"net/http"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
)

// errorPage is the name of the template of errors.
const errorPage = "error"

// Failure is an error as a reader may see it: a status, a code that the catalogues have words for, and what those words
// need. An unexpected one shows a reference alone; the log has the rest under it.
type Failure struct {
	Status    int
	Code      string
	Kind      string // of what was not found
	Field     string
	Value     string
	Rule      string
	When      time.Time // of a withdrawal
	Nearest   []string  // ids that the reader may have meant
	Reference string
}

// FailureOf returns what a reader may see of an error of the domain; false for any other error.
func FailureOf(err error) (Failure, bool) {
	var missing *analytics.NotFoundError
	var invalid *analytics.InvalidError
	var gone *analytics.WithdrawnError
	switch {
	case errors.As(err, &gone):
		return Failure{Status: http.StatusGone, Code: "withdrawn", Kind: "withdrawn", Field: "inspection",
			Value: gone.ID, Rule: gone.Why, When: gone.When.Published}, true
	case errors.As(err, &missing):
		return Failure{Status: http.StatusNotFound, Code: "not_found", Kind: missing.Kind, Field: missing.Kind,
			Value: Shown(missing.ID), Nearest: missing.Nearest}, true
	case errors.As(err, &invalid):
		return Failure{Status: http.StatusBadRequest, Code: "invalid", Field: invalid.Field,
			Value: Shown(invalid.Value), Rule: invalid.Kind}, true
	}
	return Failure{}, false
}

// errorView is what the error page shows.
type errorView struct {
	view.Base
	Message   string
	Nearest   []view.Link
	Reference string
}

// Parts returns nothing: the page has no figure and no table.
func (p *errorView) Parts() view.Parts { return view.Parts{} }

// Fail writes the page of a failure in a language. The snapshot is nil where there is no release.
func (s *Site) Fail(out *bytes.Buffer, tag string, f Failure, snapshot *analytics.Snapshot) error {
	r := &Request{
		tag:      tag,
		Route:    Route{Name: errorPage, Path: "/"},
		snapshot: snapshot,
		words:    s.Words(tag, snapshot),
	}
	message, err := f.Message(r.words)
	if err != nil {
		return err
	}
	page := &errorView{
		Base:      view.Base{Title: r.words.Say("error." + f.Code + ".title"), Description: message},
		Message:   message,
		Nearest:   f.links(r.words, snapshot),
		Reference: f.Reference,
	}
	s.complete(r, &page.Base)
	if err := r.words.Err(); err != nil {
		return err
	}
	return s.Render(out, &Built{Page: page, request: r})
}

// English returns the words that programs are answered in.
func (s *Site) English() *view.Words { return s.Words(i18n.Languages()[0], nil) }

// Message says what is wrong and what to do about it.
func (f Failure) Message(w *view.Words) (string, error) {
	var text string
	switch {
	case f.Code == "not_found":
		text = w.Say("error.not_found."+f.Kind, "ID", f.Value)
	case f.Code == "invalid":
		text = w.Say("error.invalid."+f.Rule, "Field", f.Field, "Value", f.Value)
	case f.Code == "withdrawn" && f.Rule != "":
		text = w.Say("error.withdrawn.explained", "ID", f.Value, "Date", w.Day(f.When), "Why", f.Rule)
	case f.Code == "withdrawn":
		text = w.Say("error.withdrawn.message", "ID", f.Value, "Date", w.Day(f.When))
	default:
		text = w.Say("error." + f.Code + ".message")
	}
	return text, w.Err()
}

// links lead to what the reader may have meant.
func (f Failure) links(w *view.Words, snapshot *analytics.Snapshot) []view.Link {
	if f.Kind == "withdrawn" {
		return []view.Link{{Text: w.Say("nav.releases"), Href: w.URL("/releases")}}
	}
	var links []view.Link
	for _, id := range f.Nearest {
		switch f.Kind {
		case "area":
			links = append(links, view.Link{Text: w.Area(id), Href: w.URL("/areas/" + id)})
		case "inspection":
			if i, err := snapshot.Inspection(id); err == nil {
				links = append(links, view.Link{Text: w.Inspection(i), Href: w.URL("/inspections/" + id)})
			}
		case "file":
			links = append(links, view.Link{Text: id, Href: DataRoot + id})
		}
	}
	return links
}
