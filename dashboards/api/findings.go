package api

import (
	"slices"

	"yardstick/analytics"
)

// Finding is what a report says besides scores and ratings. What the source does not show is null.
type Finding struct {
	Inspection  string   `json:"inspection"`
	Area        string   `json:"area"`
	Programme   string   `json:"programme"`
	Kind        string   `json:"kind"`
	Position    int      `json:"position"`
	Measure     *string  `json:"measure"`
	Subject     *string  `json:"subject"`
	Counted     *string  `json:"counted"`
	Text        string   `json:"text"`
	TextCY      string   `json:"text_cy"`
	Numerator   *int     `json:"numerator"`
	Denominator *int     `json:"denominator"`
	Percent     *float64 `json:"percent"`
	Value       *float64 `json:"value"`
	ValueTo     *float64 `json:"value_to"`
	Unit        *string  `json:"unit"`
	Place       *string  `json:"place"`
	Period      *string  `json:"period"`
	Printed     *string  `json:"printed"`
	Status      string   `json:"status"`
	Section     string   `json:"section"`
	Page        *string  `json:"page"`
	Note        *string  `json:"note"`
	Sources     []string `json:"sources"`
}

func findingOf(i analytics.Inspection, f analytics.Finding) Finding {
	return Finding{
		Inspection:  i.ID,
		Area:        i.Area,
		Programme:   i.Programme,
		Kind:        string(f.Kind),
		Position:    f.Position,
		Measure:     some(f.Measure),
		Subject:     some(f.Subject),
		Counted:     some(f.Counted),
		Text:        f.Text.EN,
		TextCY:      f.Text.CY,
		Numerator:   f.Numerator,
		Denominator: f.Denominator,
		Percent:     f.Percent,
		Value:       f.Value,
		ValueTo:     f.ValueTo,
		Unit:        some(f.Unit),
		Place:       some(f.Place),
		Period:      some(f.Period),
		Printed:     some(f.Printed),
		Status:      string(f.Status),
		Section:     f.Section,
		Page:        some(f.Page),
		Note:        some(f.Note),
		Sources:     list(f.Sources),
	}
}

// findings lists the findings of one inspection, area, programme or kind, or all.
func findings(r Request) (answer, error) {
	s := r.Snapshot
	if err := r.known("area", "programme", "inspection"); err != nil {
		return answer{}, err
	}
	kind := r.Query.Get("kind")
	if kind != "" && !slices.Contains(analytics.FindingKinds(), analytics.FindingKind(kind)) {
		return answer{}, &analytics.InvalidError{Field: "kind", Kind: "kind", Value: clip(kind)}
	}
	found := []Finding{}
	for _, f := range s.Findings() {
		i, err := s.Inspection(f.Inspection)
		if err != nil {
			return answer{}, err
		}
		if r.wants("area", i.Area) && r.wants("programme", i.Programme) && r.wants("inspection", i.ID) &&
			r.wants("kind", string(f.Kind)) {
			found = append(found, findingOf(i, f))
		}
	}
	found, page := part(r, found)
	a := answer{data: found, table: tableOf(found), page: page}
	for _, f := range found {
		a.sources = gather(a.sources, f.Sources...)
	}
	return a, nil
}
