package api

import (
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
)

// mostSuggested is how many areas a list under a search box has.
const mostSuggested = 8

// Suggestions are the areas that a reader who has typed so much may mean, best first, with how many there are in words.
type Suggestions struct {
	Status string       `json:"status"`
	Areas  []Suggestion `json:"areas"`
}

// Suggestion is one area in the language asked for, where its page is, and why it is suggested where its name does
// not say.
type Suggestion struct {
	Area   string  `json:"area"`
	Name   string  `json:"name"`
	Href   string  `json:"href"`
	Reason *string `json:"reason"`
	Former *string `json:"former"`
}

// spoken speaks the language that a request asks for, English where it asks for none.
func spoken(r Request) (*view.Words, error) {
	tag := r.Query.Get("lang")
	if tag == "" {
		tag = i18n.Languages()[0]
	}
	language, ok := r.Languages[tag]
	if !ok {
		return nil, &analytics.InvalidError{Field: "lang", Kind: "language", Value: clip(tag)}
	}
	return view.NewWords(language, r.Snapshot), nil
}

func suggestions(r Request) (answer, error) {
	words, err := spoken(r)
	if err != nil {
		return answer{}, err
	}
	query := strings.TrimSpace(r.Query.Get("q"))
	if query == "" {
		return answer{}, &analytics.InvalidError{Field: "q", Kind: "required"}
	}
	search, err := r.Snapshot.Search(query)
	if err != nil {
		return answer{}, err
	}
	found := search.Matches
	data := Suggestions{Areas: []Suggestion{}, Status: words.Say("find.status", "Count", len(found))}
	if len(found) > mostSuggested {
		data.Status = words.Say("find.status_first", "Count", len(found), "Shown", mostSuggested)
	}
	if len(found) == 0 && search.Kind != analytics.SearchNames {
		data.Status = words.SearchStatus(search)
	}
	var sources []string
	for _, m := range found[:min(len(found), mostSuggested)] {
		data.Areas = append(data.Areas, Suggestion{
			Area:   m.Area.ID,
			Name:   m.Area.Name.In(words.Tag()),
			Href:   words.MatchLink(m),
			Reason: some(words.MatchReason(m)),
			Former: some(words.FormerArea(m.Area)),
		})
		sources = gather(sources, m.Area.Sources...)
	}
	return answer{data: data, table: tableOf(data.Areas), sources: sources}, words.Err()
}
