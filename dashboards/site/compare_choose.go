package site

import (
	"net/url"
	"slices"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// compareChoose is how a reader chooses inspections: those chosen, each with what may be done about it, and the
// search that adds another. Every step is a link or a form that leads to the same page.
type compareChoose struct {
	Heading string
	Chosen  []chosenInspection
	Tick    *tickList  // where nothing is chosen
	Add     view.Field // the search that adds one, where what is wrong with those chosen is said
	Full    string     // says that no more can be added; empty where more can
	Found   *foundInspections
}

// Open says whether the page is about choosing: less than a comparison is chosen, or more is being looked for.
func (c compareChoose) Open() bool {
	return len(c.Chosen) < analytics.MinCompared || c.Found != nil || c.Add.Error != ""
}

// chosenInspection is one of those compared. First leads to the same comparison with it first; nil for the first.
type chosenInspection struct {
	ID     string
	Series int // that of its panel
	Name   string
	Href   string
	About  string
	Remove string
	First  *view.Link
}

// tickList are the inspections of one programme, any of which a reader can tick to compare them.
type tickList struct {
	Heading     string
	Inspections []view.Option
}

// tickListOf lists the inspections of the programme with most results, by area.
func tickListOf(req *Request) *tickList {
	w, programme := req.words, req.snapshot.WidestProgramme()
	out := tickList{Heading: w.Say("compare.tick", "Programme", w.Programme(programme), "Most", analytics.MaxCompared)}
	for _, a := range req.byName(req.snapshot.Areas()) {
		for _, i := range req.snapshot.InspectionsOf(a.ID) {
			if i.Programme == programme {
				out.Inspections = append(out.Inspections, view.Option{Value: i.ID, Text: w.Inspection(i)})
			}
		}
	}
	if len(out.Inspections) == 0 {
		return nil
	}
	return &out
}

// foundInspections are those of the areas that answer to a search.
type foundInspections struct {
	Finding string
	Areas   []foundArea
}

// foundArea is an area that answers to a search, and why where its name does not say.
type foundArea struct {
	Name        string
	Reason      string
	Inspections []foundInspection
}

// foundInspection is one that may be added. Add is empty where it is compared already.
type foundInspection struct {
	Name  string
	About string
	Add   string
}

// compareOffers are comparisons worth making that have something in common.
type compareOffers struct {
	Heading string
	Offers  []compareOffer
}

// compareOffer leads to a comparison, with its verdict.
type compareOffer struct {
	view.Link
	About   string // of the one inspection that is offered
	Verdict string
}

// chosenOf are the inspections that a reader has chosen: none, one, or as many as can be compared.
func chosenOf(req *Request) ([]analytics.Inspection, error) {
	switch ids := req.query["with"]; len(ids) {
	case 0:
		return nil, nil
	case 1:
		i, err := req.snapshot.Inspection(ids[0])
		return []analytics.Inspection{i}, err
	default:
		c, err := req.snapshot.Compare(ids)
		return c.Inspections, err
	}
}

func idsOf(inspections []analytics.Inspection) []string {
	ids := make([]string, len(inspections))
	for n, i := range inspections {
		ids[n] = i.ID
	}
	return ids
}

// compareAddress is the address of a comparison, without its language; of the page to begin one where nothing is
// chosen.
func compareAddress(ids []string) string {
	if len(ids) == 0 {
		return "/compare"
	}
	parts := make([]string, len(ids))
	for n, id := range ids {
		parts[n] = "with=" + url.QueryEscape(id)
	}
	return "/compare?" + strings.Join(parts, "&")
}

// addedAtOnce is the inspection that a search adds without asking: the only one of the only area that it is a whole
// name of.
func addedAtOnce(req *Request, chosen []analytics.Inspection) (analytics.Inspection, bool) {
	area, ok := req.snapshot.AreaNamed(Shown(req.query.Get("q")))
	if !ok || len(chosen) >= analytics.MaxCompared {
		return analytics.Inspection{}, false
	}
	held := req.snapshot.InspectionsOf(area.ID)
	if len(held) != 1 || slices.Contains(idsOf(chosen), held[0].ID) {
		return analytics.Inspection{}, false
	}
	return held[0], true
}

func chooseOf(req *Request, chosen []analytics.Inspection) (compareChoose, error) {
	w := req.words
	c := compareChoose{
		Heading: w.Say("compare.chosen", "Count", len(chosen), "Most", analytics.MaxCompared),
		Add: view.Field{Name: "with", ID: "add", Label: w.Say("compare.add_label"),
			Value: Shown(req.query.Get("q"))},
	}
	if len(chosen) == 0 {
		c.Heading = w.Say("compare.begin")
	}
	ids := idsOf(chosen)
	for n, i := range chosen {
		without := slices.Delete(slices.Clone(ids), n, n+1)
		one := chosenInspection{
			ID:     i.ID,
			Series: n + 1,
			Name:   w.Inspection(i),
			Href:   w.URL("/inspections/" + i.ID),
			About:  aboutInspection(req, i),
			Remove: w.URL(compareAddress(without)),
		}
		if n > 0 {
			text := w.Say("compare.move_first")
			if len(ids) == analytics.MinCompared {
				text = w.Say("compare.swap")
			}
			one.First = &view.Link{Text: text, Href: w.URL(compareAddress(append([]string{i.ID}, without...)))}
		}
		c.Chosen = append(c.Chosen, one)
	}
	if len(chosen) >= analytics.MaxCompared {
		c.Full = w.Say("compare.full", "Most", analytics.MaxCompared)
	} else if c.Add.Value != "" {
		var err error
		if c.Found, err = foundOf(req, ids, c.Add.Value); err != nil {
			return c, err
		}
	}
	return c, nil
}

// aboutInspection tells an inspection from others of its area: "core case inspection, 13 June 2012".
func aboutInspection(req *Request, i analytics.Inspection) string {
	w := req.words
	return w.Say("compare.about", "Programme", w.Say("programme."+i.Programme+".short"), "Date", w.Date(i.Published))
}

// mostFound is how many areas of a search have their inspections listed.
const mostFound = 8

// foundOf lists the inspections of the areas that a search finds; of one area where it is a whole name of that alone.
func foundOf(req *Request, chosen []string, query string) (*foundInspections, error) {
	w := req.words
	answer, err := req.snapshot.Search(query)
	if err != nil {
		return nil, err
	}
	matches := answer.Matches
	if named, ok := req.snapshot.AreaNamed(query); ok {
		matches = slices.DeleteFunc(matches, func(m analytics.Match) bool { return m.Area.ID != named.ID })
	} else if answer.Sure {
		matches = matches[:1]
	}
	f := &foundInspections{}
	count := 0
	for _, m := range matches[:min(len(matches), mostFound)] {
		area := foundArea{Name: m.Area.Name.In(req.tag), Reason: w.MatchReason(m)}
		for _, i := range req.snapshot.InspectionsOf(m.Area.ID) {
			one := foundInspection{Name: w.Inspection(i), About: aboutInspection(req, i)}
			if !slices.Contains(chosen, i.ID) {
				one.Add = w.URL(compareAddress(append(slices.Clone(chosen), i.ID)))
			}
			area.Inspections = append(area.Inspections, one)
			count++
		}
		f.Areas = append(f.Areas, area)
	}
	f.Finding = w.Say("compare.found", "Count", count, "Query", query)
	if len(matches) > mostFound {
		f.Finding += " " + w.Say("compare.found_first", "Count", len(matches), "Shown", mostFound)
	}
	return f, nil
}

// none is the page before anything is chosen: the search, and the comparison that the site was asked for first.
func (p *compareView) none(req *Request) error {
	w := req.words
	p.Heading, p.Finding = w.Say("compare.heading"), w.Say("compare.finding")
	p.Base = view.Base{Title: p.Heading, Description: p.Finding, Data: w.Answer("/api/v1/inspections")}
	p.Choose.Tick = tickListOf(req)
	ids := featured(req.snapshot)
	if ids == nil {
		return nil
	}
	c, err := req.snapshot.Compare(ids)
	if err != nil {
		return err
	}
	offer := compareOffer{Link: comparisonLink(req, ids), Verdict: w.Say("verdict." + string(c.Verdict) + ".label")}
	p.Offers = []compareOffers{{Heading: w.Say("compare.examples"), Offers: []compareOffer{offer}}}
	return nil
}

// one is the page of a single inspection: what it found, and what it may be set beside.
func (p *compareView) one(req *Request, i analytics.Inspection) error {
	w := req.words
	finding, _ := inspectionFinding(req, i)
	p.Heading = w.Say("compare.heading_one", "Inspection", w.Inspection(i))
	p.Finding = w.Say("compare.finding_one", "Programme", w.Programme(i.Programme), "Finding", finding)
	p.Base = view.Base{
		Title:       w.Say("compare.title_one", "Inspection", w.Inspection(i)),
		Description: p.Finding,
		Data:        w.Answer("/api/v1/inspections/" + i.ID),
		Crumbs:      []view.Link{{Text: w.Say("nav.compare"), Href: w.URL("/compare")}},
	}
	panel, _, err := panelOf(req, 1, i)
	if err != nil {
		return err
	}
	p.HasCharts = panel.Figure != nil
	p.Panels = []comparePanel{panel}
	p.Offers = offersOf(req, i)
	return nil
}

// offersOf are the comparisons worth making with an inspection: with others of its area, then with those of its
// programme in the same region, with those of the area's statistical neighbours, and with those of areas under its
// police force. None is offered twice, and of other areas none that nothing can be concluded from.
func offersOf(req *Request, i analytics.Inspection) []compareOffers {
	w := req.words
	here, err := req.snapshot.Area(i.Area)
	if err != nil {
		return nil
	}
	var groups []compareOffers
	offered := map[string]bool{i.ID: true}
	offer := func(heading string, others []analytics.Inspection, worth func(analytics.Inspection) bool) {
		const most = 6
		group := compareOffers{Heading: heading}
		for _, other := range others {
			if offered[other.ID] || len(group.Offers) == most || !worth(other) {
				continue
			}
			if one, ok := offerOf(req, i, other); ok {
				offered[other.ID] = true
				group.Offers = append(group.Offers, one)
			}
		}
		if len(group.Offers) > 0 {
			groups = append(groups, group)
		}
	}
	offer(w.Say("compare.same_area", "Area", w.Area(i.Area)), req.snapshot.InspectionsOf(i.Area),
		func(analytics.Inspection) bool { return true })
	offer(
		w.Say("compare.same_region", "Region", w.Group(analytics.GroupRegion, here.Region)),
		req.snapshot.Inspections(),
		func(other analytics.Inspection) bool {
			there, err := req.snapshot.Area(other.Area)
			return err == nil && other.Programme == i.Programme && there.Region == here.Region
		},
	)
	var neighbours []analytics.Inspection
	for _, n := range req.snapshot.NeighboursOf(i.Area) {
		neighbours = append(neighbours, req.snapshot.InspectionsOf(n.Neighbour)...)
	}
	offer(w.Say("compare.same_family", "Area", w.Area(i.Area)), neighbours,
		func(other analytics.Inspection) bool { return other.Programme == i.Programme })
	offer(w.Say("compare.same_police"), req.snapshot.Inspections(), func(other analytics.Inspection) bool {
		there, err := req.snapshot.Area(other.Area)
		return err == nil && here.PoliceForce != "" && there.PoliceForce == here.PoliceForce
	})
	return groups
}

// offerOf leads to the comparison of an inspection with another and says its verdict; false where nothing can be
// concluded from another area's.
func offerOf(req *Request, i, other analytics.Inspection) (compareOffer, bool) {
	ids := []string{i.ID, other.ID}
	c, err := req.snapshot.Compare(ids)
	if err != nil || c.Verdict == analytics.NotComparable && i.Area != other.Area {
		return compareOffer{}, false
	}
	return compareOffer{
		Link:    view.Link{Text: req.words.Inspection(other), Href: req.words.URL(compareAddress(ids))},
		About:   aboutInspection(req, other),
		Verdict: req.words.Say("verdict." + string(c.Verdict) + ".label"),
	}, true
}
