package site

import (
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"yardstick/dashboards/view"
)

// glossaryView explains the words that pages use.
type glossaryView struct {
	view.Base
	Terms []glossaryTerm
}

// Parts returns nothing: the page has no figure and no table.
func (p *glossaryView) Parts() view.Parts { return view.Parts{} }

// glossaryTerm is a word with what it means, and the page that says more.
type glossaryTerm struct {
	ID   string
	Term string
	Text string
	More *view.Link
}

// glossary lists the terms by the names of their words in the catalogues. The page that says more of each has its name
// under a key of its own.
var glossary = []struct{ id, page, to string }{
	{"area", "nav.areas", "/areas"},
	{"average", "nav.methodology", "/methodology#benchmarks"},
	{"case", "", ""},
	{"census", "nav.methodology", "/methodology#rules"},
	{"comment", "ratings.title", "/ratings#cci"},
	{"confidence_interval", "nav.methodology", "/methodology#uncertainty"},
	{"custody_rate", "nav.indicators", "/indicators?indicator=custody_rate_per_1000"},
	{"first_time_entrant", "nav.indicators", "/indicators?indicator=fte_rate_per_100k"},
	{"framework", "ratings.title", "/ratings"},
	{"funnel", "nav.methodology", "/methodology#funnels"},
	{"good_or_better", "ratings.title", "/ratings"},
	{"headline", "ratings.title", "/ratings#cci"},
	{"inspectorate", "nav.explained", explainedPath + "#who"},
	{"median", "nav.methodology", "/methodology#benchmarks"},
	{"neighbours", "nav.methodology", "/methodology#benchmarks"},
	{"oocd", "", ""},
	{"predecessor", "", ""},
	{"programme", "ratings.title", "/ratings"},
	{"quartile", "nav.methodology", "/methodology#benchmarks"},
	{"rank", "nav.methodology", "/methodology#ranks"},
	{"rating", "ratings.title", "/ratings"},
	{"release", "nav.releases", "/releases"},
	{"reoffending_rate", "nav.indicators", "/indicators"},
	{"resettlement", "", ""},
	{"score", "ratings.title", "/ratings#cci"},
	{"service", "nav.explained", explainedPath + "#service"},
	{"standard", "ratings.title", "/ratings#yj2018"},
	{"targeted", "nav.methodology", "/methodology#rules"},
	{"trend", "nav.methodology", "/methodology#trend_test"},
	{"undated", "nav.methodology", "/methodology#dates"},
}

func glossaryPage(req *Request) (Page, error) {
	w := req.words
	p := glossaryView{Base: view.Base{Title: w.Say("glossary.title"), Description: w.Say("glossary.meta")}}
	for _, g := range glossary {
		term := glossaryTerm{ID: g.id, Term: w.Say("glossary.term." + g.id), Text: w.Say("glossary.text." + g.id)}
		if g.to != "" {
			term.More = &view.Link{Text: w.Say("glossary.see", "Page", w.Say(g.page)), Href: w.URL(g.to)}
		}
		p.Terms = append(p.Terms, term)
	}
	tag, err := language.Parse(req.tag)
	if err != nil {
		return nil, err
	}
	collate.New(tag, collate.IgnoreCase).Sort(byTerm(p.Terms))
	return &p, nil
}

// byTerm sorts terms as the language does.
type byTerm []glossaryTerm

// Len is the number of terms.
func (b byTerm) Len() int { return len(b) }

// Swap exchanges two terms.
func (b byTerm) Swap(i, j int) { b[i], b[j] = b[j], b[i] }

// Bytes is what a term is sorted by.
func (b byTerm) Bytes(i int) []byte { return []byte(b[i].Term) }
