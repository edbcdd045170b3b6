package site

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/export"
	"yardstick/dashboards/view"
)

// What pages tell search engines of themselves, in the words of schema.org. Addresses are absolute where the operator
// says where the site is, and paths elsewhere.

// thing is what every thing of schema.org has.
type thing struct {
	Context     string `json:"@context,omitempty"`
	Type        string `json:"@type"`
	Name        string `json:"name,omitempty"`
	Description string `json:"description,omitempty"`
	URL         string `json:"url,omitempty"`
	Language    string `json:"inLanguage,omitempty"`
}

const schemaOrg = "https://schema.org"

type linkedSite struct {
	thing
	Publisher *thing       `json:"publisher,omitempty"`
	Search    linkedSearch `json:"potentialAction"`
}

type linkedSearch struct {
	Type   string `json:"@type"`
	Target string `json:"target"`
	Query  string `json:"query-input"`
}

type linkedTrail struct {
	thing
	Items []linkedStep `json:"itemListElement"`
}

type linkedStep struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item"`
}

type linkedDataset struct {
	thing
	Version      string       `json:"version"`
	Modified     string       `json:"dateModified"`
	Licence      string       `json:"license"`
	Free         bool         `json:"isAccessibleForFree"`
	Period       string       `json:"temporalCoverage"`
	Place        string       `json:"spatialCoverage"`
	Publisher    *thing       `json:"publisher,omitempty"`
	Distribution []linkedFile `json:"distribution"`
}

type linkedFile struct {
	Type    string `json:"@type"`
	Name    string `json:"name"`
	Format  string `json:"encodingFormat"`
	Address string `json:"contentUrl"`
}

// licence is the address of the licence of the figures.
const licence = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"

// linked is a thing as JSON, safe within a script element.
func linked(v any) []byte {
	content, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and numbers alone
	}
	return content
}

// publisherLinked is who runs the site; nil where nobody has said.
func (req *Request) publisherLinked() *thing {
	if req.publisher == "" {
		return nil
	}
	return &thing{Type: "Organization", Name: req.publisher}
}

// siteLinked says what the site is, and how it is searched.
func siteLinked(req *Request, description string) []byte {
	return linked(linkedSite{
		thing: thing{Context: schemaOrg, Type: "WebSite", Name: "Yardstick", Description: description,
			URL: req.site + pathIn(req.tag, "/"), Language: req.tag},
		Publisher: req.publisherLinked(),
		Search: linkedSearch{Type: "SearchAction", Target: req.site + pathIn(req.tag, "/areas") + "?q={query}",
			Query: "required name=query"},
	})
}

// trailLinked says the way to the page: the home page, what the page names, and itself. It is nil for a page that names
// none.
func trailLinked(req *Request, base *view.Base) []byte {
	if len(base.Crumbs) == 0 {
		return nil
	}
	trail := linkedTrail{thing: thing{Context: schemaOrg, Type: "BreadcrumbList"}}
	step := func(name, address string) {
		trail.Items = append(trail.Items,
			linkedStep{Type: "ListItem", Position: len(trail.Items) + 1, Name: name, Item: address})
	}
	step("Yardstick", req.site+pathIn(req.tag, "/"))
	for _, c := range base.Crumbs {
		step(c.Text, req.site+c.Href)
	}
	step(base.Title, base.Canonical)
	return linked(trail)
}

// yearsHeld returns the first and the last year that the release has a figure of.
func yearsHeld(h analytics.Holdings) (first, last int) {
	first = min(cmp.Or(h.Inspected.First, h.Observed.First), cmp.Or(h.Observed.First, h.Inspected.First))
	return first, max(h.Inspected.Last, h.Observed.Last)
}

// datasetLinked says what the data are, and where their files are.
func datasetLinked(req *Request, p *dataView) []byte {
	release := req.snapshot.Release()
	first, last := yearsHeld(req.snapshot.Holdings())
	d := linkedDataset{
		thing: thing{Context: schemaOrg, Type: "Dataset", Name: req.words.Say("data.dataset"), Description: p.Finding,
			URL: req.site + pathIn(req.tag, "/data"), Language: req.tag},
		Version: release.ID, Modified: release.Published.UTC().Format("2006-01-02"), Licence: licence, Free: true,
		Period: strconv.Itoa(first) + "/" + strconv.Itoa(last),
		Place:  req.words.Say("group.all"), Publisher: req.publisherLinked(),
		Distribution: []linkedFile{{Type: "DataDownload", Name: req.words.Say("data.dataset"), Format: "application/zip",
			Address: req.site + req.words.Answer(DataRoot+PackageName)}},
	}
	for _, table := range req.files.Tables() {
		for _, f := range export.Formats() {
			kind, _, _ := strings.Cut(f.Type, ";")
			d.Distribution = append(d.Distribution, linkedFile{Type: "DataDownload",
				Name: req.words.Say("data.table." + table.Name), Format: kind,
				Address: req.site + req.words.Answer(DataRoot+table.Name+"."+f.Name)})
		}
	}
	return linked(d)
}
