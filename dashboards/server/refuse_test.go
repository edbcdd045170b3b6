package server

import (
	"strings"
	"testing"
)

// A value that a page cannot use comes back to the page's form: the summary leads to the field, which keeps what was
// sent and says what is wrong in words that readers know, and other choices stay as they were.
func TestMistakesComeBackToTheForm(t *testing.T) {
	s := shared(t)
	for _, c := range []struct {
		target string
		status int
		fields map[string]string // what each field that is wrong keeps
		kept   map[string]string // what other fields keep
		says   string
	}{
		{target: "/benchmarks?programme=cci&measure=safeguarding&group=nation&as_of=tomorrow", status: 400,
			fields: map[string]string{"as_of": "tomorrow"}, kept: map[string]string{"group": "nation"}, says: "is not a date"},
		{target: "/target?places=many&strong=99&exclude=24&as_of=soon", status: 400,
			fields: map[string]string{"places": "many", "strong": "99", "as_of": "soon"},
			kept:   map[string]string{"exclude": "24"}, says: "number from 1 to 60"},
		{target: "/target?places=2&strong=5", status: 400, fields: map[string]string{"strong": "5"},
			kept: map[string]string{"places": "2"}, says: "no more strong performers"},
		{target: "/target?custody=11&places=7", status: 400, fields: map[string]string{"custody": "11"},
			kept: map[string]string{"places": "7"}, says: "from 0 to 10"},
		{target: "/benchmarks?programme=cci&areas=Leicster%2C+Nottingham", status: 404,
			fields: map[string]string{"listed": "Leicster, Nottingham"}, says: "Did you mean Leicester"},
		{target: "/benchmarks?group=family", status: 400, fields: map[string]string{"of": ""}, says: "is missing"},
		{target: "/trends?region=england", status: 400, fields: map[string]string{"region": ""},
			says: "not one of the choices"},
		{target: "/map?indicator=abc", status: 400, fields: map[string]string{"indicator": ""},
			says: "not one of the choices"},
		{target: "/indicators?area=nowhere", status: 404, fields: map[string]string{"area": ""}, says: "no area called"},
		{target: with("nowhere-fji-2016", leicester), status: 404, fields: map[string]string{"add": ""},
			says: "Search for its area"},
		{target: "/benchmarks?of=leicester-cit", status: 404, fields: map[string]string{"of": ""}, says: "Leicester City"},
		{target: "/inspections?programme=abc", status: 400, says: "not one of the choices"},
		{target: with(leicester, "leicestershire-and-rutland-cci-2013"), status: 404,
			says: "Leicestershire and Rutland 2012"},
		{target: "/tables?show=cci&of=safeguarding&region=wales&areas=Atlas&from=2012", status: 404,
			fields: map[string]string{"areas": "Atlas"}, kept: map[string]string{"from": "2012"}, says: "no area called"},
		{target: "/tables?show=nothing&of=overall", status: 400, says: "Choose a programme"},
		{target: "/data?letter=zz", status: 400, says: "not one of the choices"},
	} {
		for _, tag := range []string{"", "/cy"} {
			r := s.get(t, tag+c.target)
			doc := parse(t, tag+c.target, r)
			if r.status != c.status || r.header.Get("Cache-Control") != "no-store" || r.header.Get("ETag") != "" {
				t.Errorf("%s: status %d, kept %q %q", tag+c.target, r.status, r.header.Get("Cache-Control"), r.header.Get("ETag"))
			}
			summary := doc.Find(".govuk-error-summary")
			if said := summary.Text(); tag == "" && !strings.Contains(said, c.says) || strings.Contains(said, "as_of") {
				t.Errorf("%s: the summary says %q", c.target, said)
			}
			if marked := doc.Find(".govuk-form-group--error, form .govuk-error-message").Length(); marked < len(c.fields) {
				t.Errorf("%s: %d of %d fields are marked", tag+c.target, marked, len(c.fields))
			}
			for id, value := range c.fields {
				field := doc.Find("#" + id)
				if summary.Find(`a[href="#`+id+`"]`).Length() != 1 ||
					!strings.Contains(field.AttrOr("aria-describedby", ""), id+"-error") ||
					value != "" && field.AttrOr("value", "") != value {
					t.Errorf("%s: field %s has %q, described by %q", tag+c.target, id, field.AttrOr("value", ""),
						field.AttrOr("aria-describedby", ""))
				}
			}
			for id, value := range c.kept {
				field := doc.Find("#" + id)
				if field.AttrOr("value", field.Find("option[selected]").AttrOr("value", "")) != value {
					t.Errorf("%s: field %s does not keep %q", tag+c.target, id, value)
				}
			}
		}
	}
}

// A mistake in the path is no mistake in a form, and a second request for the same mistake has the same answer, also
// where the reader has a copy of the page.
func TestOtherMistakesHaveNoForm(t *testing.T) {
	s := shared(t)
	if r := s.get(t, "/areas/nowhere"); r.status != 404 || strings.Contains(string(r.body), "govuk-error-summary") {
		t.Errorf("an unknown area: status %d", r.status)
	}
	first := s.get(t, "/trends?theme=abc")
	again := s.get(t, "/trends?theme=abc", "If-None-Match: *")
	if again.status != 400 || string(again.body) != string(first.body) {
		t.Errorf("the same mistake again: status %d, %d bytes, then %d", again.status, len(first.body), len(again.body))
	}
}
