package site

import (
	"slices"
	"strconv"
	"strings"

	"yardstick/analytics"
	"yardstick/dashboards/view"
)

// compareView is two to six inspections side by side: the verdict and its reasons first, then a panel each on its own
// scale, the themes they share, and what stands around each. Of one inspection it is what the inspection found and the
// comparisons worth making, and without any the search for them.
type compareView struct {
	view.Base
	Heading  string
	Finding  string
	Verdict  *compareVerdict
	Choose   compareChoose
	Offers   []compareOffers
	Together *view.Figure // in place of those of the panels, where one programme rated or scored all on one scale
	Panels   []comparePanel
	Themes   *view.Table
	Around   []view.Table
}

// Parts returns the figures and tables of the page.
func (p *compareView) Parts() (parts view.Parts) {
	parts.AddFigures(p.Together)
	for n := range p.Panels {
		parts.AddFigures(p.Panels[n].Figure)
	}
	parts.AddTables(p.Themes)
	parts.AddTables(view.Pointers(p.Around)...)
	parts.AddFields(&p.Choose.Add)
	return parts
}

type compareVerdict struct {
	Class   string // like-for-like, same-theme, not-comparable
	Label   string
	May     string
	MayNot  string
	Reasons []string
}

type comparePanel struct {
	Series   int // whose colour its marks have, 1 to 6; 0 of ratings, which have colours of their own
	Title    string
	Href     string
	Lede     string
	Targeted bool
	Facts    []view.Fact
	Found    string       // in place of its figure, where all share one
	Figure   *view.Figure // which has addresses of its own, also where it is not on the page
}

// featuredPair is the comparison that the product was asked for first.
var featuredPair = []string{"leicester-city-fji-2016", "leicestershire-and-rutland-cci-2012"}

// featured are the inspections that stand as an example: the pair, or for one that is not held the newest of its
// programme; nil where there is none.
func featured(s *analytics.Snapshot) []string {
	var ids []string
	for _, id := range featuredPair {
		programme, _ := s.ProgrammeOf(id)
		if _, err := s.Inspection(id); err != nil {
			newest := slices.IndexFunc(s.Inspections(),
				func(i analytics.Inspection) bool { return i.Programme == programme })
			if newest < 0 {
				return nil
			}
			id = s.Inspections()[newest].ID
		}
		ids = append(ids, id)
	}
	return ids
}

func comparePage(req *Request) (Page, error) {
	chosen, err := chosenOf(req)
	if err != nil {
		return nil, err
	}
	if i, ok := addedAtOnce(req, chosen); ok {
		return nil, &Redirect{req.words.URL(compareAddress(append(idsOf(chosen), i.ID)))}
	}
	choose, err := chooseOf(req, chosen)
	if err != nil {
		return nil, err
	}
	p := compareView{Choose: choose}
	switch len(chosen) {
	case 0:
		err = p.none(req)
	case 1:
		err = p.one(req, chosen[0])
	default:
		err = p.several(req, idsOf(chosen))
	}
	return &p, err
}

// several sets two inspections or more side by side.
func (p *compareView) several(req *Request, ids []string) error {
	w := req.words
	c, err := req.snapshot.Compare(ids)
	if err != nil {
		return err
	}
	names := req.words.Together(c.Inspections)
	p.Heading = w.And(names)
	p.Finding = foundBeside(req, c.Inspections)
	p.Together = scoredTogether(req, c)
	if p.Together != nil && len(ids) == analytics.MinCompared {
		p.Finding = differencesFound(req, c)
	}
	p.Verdict, p.Themes = new(verdictOf(req, c)), new(themesTable(req, c))
	p.Base = view.Base{
		Title:       w.Say("compare.title", "Names", p.Heading),
		Description: p.Finding,
		Data:        w.Answer("/api/v1" + compareAddress(ids)),
		Crumbs:      []view.Link{{Text: w.Say("nav.compare"), Href: w.URL("/compare")}},
	}
	if rated := ratedTogether(req, c.Inspections); rated != nil {
		p.Together = rated
		if c.Verdict == analytics.LikeForLike {
			p.Verdict.May = w.Say("verdict.like_for_like.may_rated") // ratings have no difference and no interval
			p.Verdict.MayNot = w.Say("verdict.like_for_like.may_not_rated")
		}
	}
	for n, i := range c.Inspections {
		panel, around, err := panelOf(req, n+1, i)
		if err != nil {
			return err
		}
		panel.Title = names[n]
		if panel.Figure != nil {
			p.HasCharts = true
			panel.Figure.Folded = true
		}
		if p.Together != nil && panel.Figure != nil {
			panel.Found, _ = inspectionFinding(req, i)
			panel.Lede = "" // which the chart says of all
		}
		p.Panels = append(p.Panels, panel)
		p.Around = append(p.Around, around...)
	}
	return nil
}

// ratedTogether draws inspections that one programme rated overall in one chart, a row each, among all other areas; nil
// where they are not.
func ratedTogether(req *Request, inspections []analytics.Inspection) *view.Figure {
	w := req.words
	if _, ok := overallOf(req, inspections); !ok {
		return nil
	}
	if !oneProgramme(inspections) {
		return nil
	}
	f := w.OverallFigure("overall", inspections)
	f.Headline, f.Folded = w.Say("compare.ratings", "Names", w.And(req.words.Together(inspections))), true
	f.Subtitle = w.Say("levels.subtitle", "Programme", w.Programme(inspections[0].Programme))
	return &f
}

func oneProgramme(inspections []analytics.Inspection) bool {
	return !slices.ContainsFunc(inspections,
		func(i analytics.Inspection) bool { return i.Programme != inspections[0].Programme })
}

// scoredTogether draws inspections that one programme scored in one chart, a row for each measure that two or more of
// them have; nil where they are not.
func scoredTogether(req *Request, c analytics.Comparison) *view.Figure {
	if !oneProgramme(c.Inspections) {
		return nil
	}
	w := req.words
	scored := make(map[string]int)
	var measures []string
	for _, i := range c.Inspections {
		for _, r := range themed(req, i, known(i.Results, func(r analytics.Result) bool { return r.Percent != nil })) {
			if scored[r.Measure]++; scored[r.Measure] == analytics.MinCompared {
				measures = append(measures, r.Measure)
			}
		}
	}
	if len(measures) == 0 {
		return nil
	}
	f := w.ScoresFigure("scores", c.Inspections, measures)
	f.Headline, f.Folded = w.Say("compare.scores", "Names", w.And(req.words.Together(c.Inspections))), true
	f.Subtitle = w.Say("compare.range_subtitle", "Programme", w.Programme(c.Inspections[0].Programme))
	return &f
}

// differencesFound says which of the differences between two inspections are more than chance, or that there is no way
// to say.
func differencesFound(req *Request, c analytics.Comparison) string {
	w := req.words
	var apart []string
	compared, known := 0, 0
	for _, theme := range c.Themes {
		if theme.Difference == nil {
			continue
		}
		compared++
		if theme.Difference.Interval != nil {
			known++
		}
		if theme.Difference.Distinguishable {
			apart = append(apart, w.Measure(c.Inspections[0].Programme, theme.Results[0].Measure))
		}
	}
	switch {
	case len(apart) > 0:
		return w.Say("compare.differ", "Measures", w.And(apart), "Apart", len(apart), "Count", compared)
	case known == compared:
		return w.Say("compare.same", "Count", compared)
	}
	return w.Say("compare.cannot_tell")
}

// byRating has names of inspections by their overall rating on a scale.
type byRating struct {
	scale analytics.Scale
	names map[string][]string
	none  []string // names of those that have no overall rating
}

// overallOf sorts inspections by their overall ratings; false where some have none, or one of another scale.
func overallOf(req *Request, inspections []analytics.Inspection) (byRating, bool) {
	out, names := byRating{names: make(map[string][]string)}, req.words.Together(inspections)
	for n, i := range inspections {
		name := names[n]
		overall, ok := i.Result("overall")
		if !ok || overall.Rating == "" || out.scale.ID != "" && overall.Scale != out.scale.ID {
			out.none = append(out.none, name)
			continue
		}
		out.scale = req.snapshot.Scale(overall.Scale)
		out.names[overall.Rating] = append(out.names[overall.Rating], name)
	}
	return out, len(out.none) == 0
}

// mostNamed is how many inspections of one rating are named in a sentence that has named all others.
const mostNamed = 4

// foundBeside tells what inspections found: by their overall ratings, the best first, and then which have none. Two of
// which one has none, and any number without such ratings, are told one by one.
func foundBeside(req *Request, inspections []analytics.Inspection) string {
	w := req.words
	all, ok := overallOf(req, inspections)
	if !ok && (len(inspections) == analytics.MinCompared || len(all.none) == len(inspections)) {
		return eachFound(req, inspections)
	}
	var parts []string
	for _, level := range slices.Backward(all.scale.Levels) {
		names, word := all.names[level.ID], w.Level(all.scale.ID, level.ID)
		switch {
		case len(names) == 0:
		case len(names) == len(inspections) && len(names) > analytics.MinCompared:
			parts = append(parts, w.Say("compare.rated_all", "Level", word, "Count", len(names)))
		case len(names) > mostNamed && ok:
			parts = append(parts, w.Say("compare.rated_rest", "Level", word, "Count", len(names)))
		default:
			parts = append(parts, w.Say("compare.rated", "Level", word, "Names", w.And(names)))
		}
	}
	if !ok {
		parts = append(parts, w.Say("compare.unrated", "Names", w.And(all.none)))
	}
	return strings.Join(parts, " ")
}

func eachFound(req *Request, inspections []analytics.Inspection) string {
	var parts []string
	names := req.words.Together(inspections)
	for n, i := range inspections {
		finding, _ := inspectionFinding(req, i)
		parts = append(parts, req.words.Say("levels.headline", "Area", names[n], "Finding", finding))
	}
	return strings.Join(parts, " ")
}

// comparisonLink leads to the comparison of some inspections.
func comparisonLink(req *Request, ids []string) view.Link {
	return view.Link{Text: req.words.And(req.words.Together(held(req, ids))), Href: req.words.URL(compareAddress(ids))}
}

func verdictOf(req *Request, c analytics.Comparison) compareVerdict {
	w := req.words
	key := "verdict." + string(c.Verdict)
	out := compareVerdict{
		Class: map[analytics.Verdict]string{analytics.LikeForLike: "like-for-like", analytics.SameTheme: "same-theme",
			analytics.NotComparable: "not-comparable"}[c.Verdict],
		Label: w.Say(key + ".label"), May: w.Say(key + ".may"), MayNot: w.Say(key + ".may_not"),
	}
	out.Reasons = reasonsOf(req, c.Reasons)
	return out
}

// fewPairs is how many reasons of one kind, each about two inspections, are said one by one.
const fewPairs = 2

// reasonsOf puts words to reasons. Many of one kind, each about two inspections, are one reason that names the pairs.
func reasonsOf(req *Request, reasons []analytics.Reason) []string {
	w := req.words
	pairs := make(map[analytics.ReasonCode][]string)
	for _, r := range reasons {
		switch r.Code {
		case analytics.ReasonNoSharedTheme:
			pairs[r.Code] = append(pairs[r.Code], w.And(req.words.Together(held(req, r.Inspections))))
		case analytics.ReasonDifferentFootprints, analytics.ReasonOverlappingFootprint:
			pairs[r.Code] = append(pairs[r.Code], w.And(w.Areas(r.Areas)))
		}
	}
	var out []string
	said := make(map[analytics.ReasonCode]bool)
	for _, r := range reasons {
		switch {
		case said[r.Code]:
		case len(pairs[r.Code]) > fewPairs:
			said[r.Code] = true
			out = append(out, w.Say("compare.pairs."+string(r.Code), "Pairs", strings.Join(pairs[r.Code], "; ")))
		default:
			out = append(out, w.Reason(r))
		}
	}
	return out
}

// held are the inspections with these ids; those that are not held are left out.
func held(req *Request, ids []string) []analytics.Inspection {
	var out []analytics.Inspection
	for _, id := range ids {
		if i, err := req.snapshot.Inspection(id); err == nil {
			out = append(out, i)
		}
	}
	return out
}

// panelOf draws one inspection on its own scale in its own cohort, over the whole record, with its footprint, its
// sample and when it was; and what stands around it.
func panelOf(req *Request, n int, i analytics.Inspection) (comparePanel, []view.Table, error) {
	w := req.words
	programme, err := req.snapshot.Programme(i.Programme)
	if err != nil {
		return comparePanel{}, nil, err
	}
	area, err := req.snapshot.Area(i.Area)
	if err != nil {
		return comparePanel{}, nil, err
	}
	p := comparePanel{Title: w.Inspection(i), Href: w.URL("/inspections/" + i.ID),
		Lede: w.Programme(i.Programme), Targeted: programme.Sampling == analytics.SamplingTargeted}
	p.Facts = []view.Fact{
		{Term: w.Say("fact.published"), Text: w.Published(i)},
		{Term: w.Say("fact.sample"), Text: sampleText(req, i)},
		{Term: w.Say("fact.footprint"), Text: footprint(req, area)},
		{Term: w.Say("fact.chosen"), Text: w.Say("sampling." + string(programme.Sampling))},
	}
	id := "panel-" + strconv.Itoa(n)
	results := themed(req, i, known(i.Results, func(r analytics.Result) bool { return r.Percent != nil }))
	var f view.Figure
	if len(results) > 0 {
		p.Series = n
		f = w.StripFigure(id, i, results, false)
		f.Subtitle = w.Say("compare.range_subtitle", "Programme", w.Programme(i.Programme))
	} else {
		results = themed(req, i, known(i.Results, func(r analytics.Result) bool { return r.Rating != "" }))
		if len(results) == 0 {
			return p, nil, nil
		}
		f = w.LevelsFigure(id, i, results)
		f.Subtitle = w.Say("levels.subtitle", "Programme", w.Programme(i.Programme))
	}
	f.Headline, _ = inspectionFinding(req, i)
	p.Figure = &f
	around, err := positionTable(req, id+"-around", i, results, false)
	if err != nil || around == nil {
		return p, nil, err
	}
	return p, []view.Table{*around}, nil
}

// themed keeps the results that stand for their programme in a theme, in the order of themes; all of them where none
// does.
func themed(req *Request, i analytics.Inspection, results []analytics.Result) []analytics.Result {
	var out []analytics.Result
	for _, theme := range req.snapshot.Themes() {
		for _, r := range results {
			if m, err := req.snapshot.Measure(i.Programme, r.Measure); err == nil && m.Theme == theme && m.Primary {
				out = append(out, r)
			}
		}
	}
	if len(out) == 0 {
		return results
	}
	return out
}

// themesTable lines the inspections up by theme, each result in its own words with its standing in its own cohort. A
// difference is given where the theme is like for like, and nowhere else. Where no theme has one, and all have one
// verdict, what can be said is said above. Of many inspections, themes that only one of them shows are left out, and
// named.
func themesTable(req *Request, c analytics.Comparison) view.Table {
	w := req.words
	t := view.Table{
		ID:      "themes",
		Compact: true,
		Beside:  true,
		Caption: w.Say("themes.caption"),
		Columns: []view.Column{{Label: w.Say("table.theme")}},
	}
	var csv strings.Builder
	csv.WriteString(w.Answer("/api/v1/compare?format=csv"))
	names := w.Together(c.Inspections)
	for n, i := range c.Inspections {
		t.Columns = append(t.Columns, view.Column{Label: names[n]})
		csv.WriteString("&with=" + i.ID)
	}
	t.CSV = csv.String()
	concluded := concludesByTheme(c.Themes)
	if concluded {
		t.Columns = append(t.Columns, view.Column{Label: w.Say("themes.conclusion")})
	}
	var shown []analytics.Result
	var alone []string
	for _, theme := range c.Themes {
		if len(c.Inspections) > analytics.MinCompared && resultsIn(theme) < analytics.MinCompared {
			alone = append(alone, w.Theme(theme.Theme))
			continue
		}
		cells := []view.Cell{view.Text(w.Theme(theme.Theme))}
		for n, r := range theme.Results {
			cells = append(cells, themeCell(req, c.Inspections[n], theme.Theme, r))
			if r.Result != nil {
				shown = append(shown, *r.Result)
			}
		}
		if concluded {
			cells = append(cells, conclusionCell(req, theme))
		}
		t.NewRow(false, cells...)
	}
	t.Note = w.Uncounted(shown)
	if len(alone) > 0 {
		t.Note = strings.TrimSpace(w.Say("themes.alone", "Themes", w.And(alone)) + " " + t.Note)
	}
	return t
}

// concludesByTheme says whether what can be said of one theme is not what can be said of the others.
func concludesByTheme(themes []analytics.ThemeComparison) bool {
	verdicts := make(map[analytics.Verdict]bool)
	for _, theme := range themes {
		if theme.Difference != nil {
			return true
		}
		if resultsIn(theme) >= analytics.MinCompared {
			verdicts[theme.Verdict] = true
		}
	}
	return len(verdicts) > 1
}

// resultsIn is how many of the inspections compared have a result under a theme.
func resultsIn(theme analytics.ThemeComparison) (results int) {
	for _, r := range theme.Results {
		if r.Result != nil {
			results++
		}
	}
	return results
}

func themeCell(req *Request, i analytics.Inspection, theme string, r analytics.ThemeResult) view.Cell {
	w := req.words
	switch {
	case r.Measure == "":
		return view.Text(w.Say("themes.not_judged"))
	case r.Result == nil:
		return view.Text(w.Say("result.unknown"))
	}
	cell := w.ScoreCell(*r.Result)
	var said []string
	if measure := w.Measure(i.Programme, r.Measure); measure != w.Theme(theme) {
		said = append(said, measure)
	}
	if interval := w.Interval(r.Interval); interval != "" {
		said = append(said, w.Say("themes.interval", "Interval", interval))
	}
	if standing := w.Standing(r.Result.Standing); standing != "" {
		said = append(said, standing)
	}
	cell.Small = strings.Join(said, "; ")
	return cell
}

func conclusionCell(req *Request, theme analytics.ThemeComparison) view.Cell {
	w := req.words
	cell := view.Text(w.Say("verdict." + string(theme.Verdict) + ".short"))
	d := theme.Difference
	switch {
	case d == nil:
	case d.Interval == nil:
		cell.Small = w.Say("themes.difference_bare", "Value", w.Signed(d.Value))
	case d.Distinguishable:
		cell.Small = w.Say("themes.difference_apart", "Value", w.Signed(d.Value),
			"Lower", w.Signed(d.Interval.Lower), "Upper", w.Signed(d.Interval.Upper))
	default:
		cell.Small = w.Say("themes.difference_same", "Value", w.Signed(d.Value),
			"Lower", w.Signed(d.Interval.Lower), "Upper", w.Signed(d.Interval.Upper))
	}
	return cell
}
