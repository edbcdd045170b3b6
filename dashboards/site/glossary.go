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

// glossary lists the terms by the names of their words in the catalogues, and the page that says more of each.
var glossary = []struct{ id, to string }{
	{"area", "/areas"},
	{"average", "/methodology#benchmarks"},
	{"case", ""},
	{"census", "/methodology#rules"},
	{"comment", "/ratings#cci"},
	{"confidence_interval", "/methodology#uncertainty"},
	{"custody_rate", "/indicators?indicator=custody_rate_per_1000"},
	{"first_time_entrant", "/indicators?indicator=fte_rate_per_100k"},
	{"framework", "/ratings"},
	{"funnel", "/methodology#funnels"},
	{"good_or_better", "/ratings"},
	{"headline", "/ratings#cci"},
	{"inspectorate", "/about#inspection"},
	{"median", "/methodology#benchmarks"},
	{"neighbours", "/methodology#benchmarks"},
	{"oocd", ""},
	{"predecessor", ""},
	{"programme", "/ratings"},
	{"quartile", "/methodology#benchmarks"},
	{"rank", "/methodology#ranks"},
	{"rating", "/ratings"},
	{"release", "/releases"},
	{"reoffending_rate", "/indicators"},
	{"resettlement", ""},
	{"score", "/ratings#cci"},
	{"service", "/about#inspection"},
	{"standard", "/ratings#yj2018"},
	{"targeted", "/methodology#rules"},
	{"trend", "/methodology#trend_test"},
	{"undated", "/methodology#dates"},
}

func glossaryPage(req *Request) (Page, error) {
	w := req.words
	p := glossaryView{Base: view.Base{Title: w.Say("glossary.title"), Description: w.Say("glossary.meta")}}
	for _, g := range glossary {
		term := glossaryTerm{ID: g.id, Term: w.Say("glossary.term." + g.id), Text: w.Say("glossary.text." + g.id)}
		if g.to != "" {
			term.More = &view.Link{Text: w.Say("glossary.more", "Term", term.Term), Href: w.URL(g.to)}
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
