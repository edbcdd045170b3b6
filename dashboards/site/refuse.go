package site

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// refusal is a value of a query that a page cannot use.
type refusal struct {
	field   string // the parameter
	value   string
	rule    string // of the words that say what is wrong
	nearest []string
	status  int
}

// refusalOf returns what an error says of the query; false where it is about anything else.
func (req *Request) refusalOf(err error) (refusal, bool) {
	var invalid *analytics.InvalidError
	var missing *analytics.NotFoundError
	switch {
	case errors.As(err, &invalid) && slices.Contains(req.Route.Params, invalid.Field):
		return refusal{field: invalid.Field, value: Shown(invalid.Value), rule: invalid.Kind,
			status: http.StatusBadRequest}, true
	case errors.As(err, &missing):
		for _, name := range req.Route.Params {
			if strings.Contains(strings.Join(req.query[name], " "), missing.ID) {
				return refusal{field: name, value: Shown(missing.ID), rule: missing.Kind, nearest: missing.Nearest,
					status: http.StatusNotFound}, true
			}
		}
	}
	return refusal{}, false
}

// Refused returns the status of an answer to a query that its page cannot use; false where the error is about
// anything else.
func (req *Request) Refused(err error) (status int, ok bool) {
	r, ok := req.refusalOf(err)
	return r.status, ok
}

// Refuse builds the page of a request that its page refused with an error: as it is without the values that it cannot
// use, with everything that was sent still in its form and what is wrong said at each field. Any other error is
// returned as it is.
func (s *Site) Refuse(r Request, of Source, refused error) (*Built, error) {
	r.query = maps.Clone(r.query)
	sent := maps.Clone(r.query)
	var all []refusal
	for range 2 * len(r.Route.Params) {
		problem, ok := r.refusalOf(refused)
		if !ok {
			return nil, refused
		}
		// What is missing once values were left out may be missing because of that.
		if problem.value != "" || len(all) == 0 {
			all = append(all, problem)
		}
		if !r.leaveOut(problem) {
			return nil, refused
		}
		b, err := s.Build(r, of)
		if err == nil {
			b.refuse(all, sent)
			return b, b.request.words.Err()
		}
		refused = err
	}
	return nil, refused
}

// leaveOut takes a refused value out of the query. Where the query has no such value, because what is wrong is that one
// is missing or that all together are too much, it takes out the last of the parameters that the query has. It returns
// whether there was anything to take out.
func (req *Request) leaveOut(r refusal) bool {
	field := r.field
	if len(req.query[field]) == 0 {
		for _, name := range req.Route.Params {
			if len(req.query[name]) > 0 {
				field = name
			}
		}
	}
	switch values := req.query[field]; {
	case len(values) == 0:
		return false
	case field == r.field && len(values) > 1:
		at := slices.IndexFunc(values, func(value string) bool { return Shown(value) == r.value })
		if at < 0 {
			at = len(values) - 1
		}
		req.query[field] = slices.Delete(slices.Clone(values), at, at+1)
	default:
		delete(req.query, field)
	}
	return true
}

// refuse says at the head of the page and at each field what is wrong, with what was sent.
func (b *Built) refuse(all []refusal, sent map[string][]string) {
	w, base := b.request.words, b.Common()
	parts := b.Parts()
	for _, f := range parts.Fields {
		if values := sent[f.Name]; len(values) > 0 && (len(values) == 1 || f.Several) && f.ID != "add" {
			f.Fill(values)
		}
	}
	for _, r := range all {
		f := parts.FieldOf(r.field)
		problem := view.Problem{Text: r.message(b.request, f)}
		if f != nil {
			f.Error, problem.Href = problem.Text, "#"+f.Element()
		}
		base.Problems = append(base.Problems, problem)
	}
	base.Title = w.Say("form.prefix") + " " + base.Title
	base.NoIndex, base.Cite = true, nil
}

// ownWords are the rules that have words of their own. Any other says that a choice is none of those on offer.
var ownWords = []string{"area", "count", "date", "family", "inspection", "listed", "repeat",
	"required", "strong", "weight"}

// plainWords are the rules whose words are the same wherever they are said.
var plainWords = []string{"size", "some", "subject", "where", "years"}

// message says what is wrong in words that readers know.
func (r refusal) message(req *Request, f *view.Field) string {
	w := req.words
	key := "form.choose"
	switch {
	case slices.Contains(ownWords, r.rule):
		key = "form." + r.rule
	case slices.Contains(plainWords, r.rule):
		key = "error.invalid." + r.rule
	case f != nil && f.Range != nil:
		return w.Say("form.number", "Value", r.value, "Least", f.Range.Least, "Most", f.Range.Most)
	case slices.Contains([]string{"alone", "one_subject", "with_indicator", "without_indicator"}, r.rule):
		key = "form.apart"
	}
	text := w.Say(key, "Value", r.value)
	var names []string
	for _, id := range r.nearest {
		if r.rule == "area" {
			names = append(names, w.Area(id))
		} else if i, err := req.snapshot.Inspection(id); err == nil {
			names = append(names, w.Inspection(i))
		}
	}
	if len(names) > 0 {
		text += " " + w.Say("form.nearest", "Names", strings.Join(names, ", "))
	}
	return text
}
