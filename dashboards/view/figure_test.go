package view_test

import (
	"testing"

	"yardstick/dashboards/view"
)

// A page says a fact once: where it begins with a figure's headline, the figure is headed by its subject.
func TestFigureOfAPageThatSaysItsHeadlineIsHeadedByItsSubject(t *testing.T) {
	for _, c := range []struct {
		figure        view.Figure
		heading, rest string
	}{
		{view.Figure{Headline: "9 of 12 are Good", Subtitle: "Overall, 2018 framework: by region"}, "9 of 12 are Good",
			"Overall, 2018 framework: by region"},
		{view.Figure{Headline: "9 of 12 are Good", Subtitle: "Overall, 2018 framework: by region", Said: true},
			"Overall, 2018 framework", "by region"},
		{view.Figure{Headline: "9 of 12 are Good", Subtitle: "Overall", Said: true}, "9 of 12 are Good", "Overall"},
	} {
		if heading, rest := c.figure.Heading(), c.figure.Rest(); heading != c.heading || rest != c.rest {
			t.Errorf("%+v is headed %q, %q; want %q, %q", c.figure, heading, rest, c.heading, c.rest)
		}
	}
}
