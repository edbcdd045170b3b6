// Package view turns answers of a release into what a page shows: strings in one language, tables, figures. Every
// decision about what is said is made here and in the page files, where it is tested; templates only place values.
package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/stats"
	"yardstick/dashboards/i18n"
)

// Words puts the domain into one language. Its methods that need a message keep the first error, so that a page says
// all it has to and is refused as a whole if any of it could not be said: look at Err before using what was built.
type Words struct {
	*i18n.Language
	snapshot *analytics.Snapshot
	within   string
	err      error
}

// NewWords speaks of what the snapshot holds. One Words serves one page: it is not safe for concurrent use.
func NewWords(language *i18n.Language, snapshot *analytics.Snapshot) *Words {
	return &Words{Language: language, snapshot: snapshot}
}

// Within makes addresses lead to the release that is under a path, such as "/r/0123456789ab"; empty for the newest.
func (w *Words) Within(path string) *Words {
	w.within = path
	return w
}

// Err is the first message that could not be said.
func (w *Words) Err() error { return w.err }

// Say is the message under key, with variables in pairs; empty where it could not be said (see Err).
func (w *Words) Say(key string, variables ...any) string {
	text, err := w.Language.T(key, variables...)
	return w.keep(text, err)
}

func (w *Words) keep(text string, err error) string {
	if err != nil && w.err == nil {
		w.err = err
	}
	return text
}

// And joins items as a sentence does.
func (w *Words) And(items []string) string { return w.keep(w.Language.List(items, w.foreign)) }

// foreign says whether a text begins with the name of an area of England that has no Welsh name.
func (w *Words) foreign(text string) bool {
	return slices.ContainsFunc(w.snapshot.Areas(), func(a analytics.Area) bool {
		return a.Name.CY == "" && a.Nation == "england" && strings.HasPrefix(text, a.Name.EN)
	})
}

// URL is the address of a path of the site in the language spoken: Welsh pages are under /cy.
func (w *Words) URL(path string) string {
	if w.within != "" && path == "/" {
		path = ""
	}
	return PathIn(w.Tag(), w.within+path)
}

// Answer is the address of a path of the interface or of the files, which have no language of their own.
func (w *Words) Answer(path string) string { return w.within + path }

// PathIn is the address of a path in the language with this tag.
func PathIn(tag, path string) string {
	if tag == i18n.Languages()[0] {
		return path
	}
	if path == "/" {
		return "/" + tag
	}
	return "/" + tag + path
}

// Area is an area's name; its id where there is none such.
func (w *Words) Area(id string) string {
	area, err := w.snapshot.Area(id)
	if err != nil {
		return id
	}
	return area.Name.In(w.Tag())
}

// Authority is an authority's name, which the record has in English: by its code where the catalogue has it.
func (w *Words) Authority(a analytics.Authority) string {
	key := "authority." + strings.ToLower(a.GSS)
	if w.Has(key) {
		return w.Say(key)
	}
	return a.Name
}

// PoliceForce is a police force's name, which the record has in English: in Welsh where the catalogue has it.
func (w *Words) PoliceForce(name string) string {
	key := "police_force." + strings.ToLower(strings.NewReplacer(" ", "_", "-", "_").Replace(name))
	if w.Has(key) {
		return w.Say(key)
	}
	return name
}

// Areas are the names of areas, in the order given.
func (w *Words) Areas(ids []string) []string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = w.Area(id)
	}
	return names
}

// Group names a comparator group: a nation, a region, or all areas.
func (w *Words) Group(group analytics.GroupKind, name string) string {
	switch group {
	case analytics.GroupAll:
		return w.Say("group.all")
	case analytics.GroupFamily:
		return w.Say("group.family", "Area", w.Area(name))
	case analytics.GroupList:
		return w.Say("group.list")
	}
	return w.snapshot.Place(group, name).Name.In(w.Tag())
}

// Programme is a programme's name.
func (w *Words) Programme(id string) string { return w.Say("programme." + id + ".name") }

// Measure is the label of a programme's measure.
func (w *Words) Measure(programme, id string) string { return w.Say("measure." + programme + "." + id) }

// Theme is a theme's name.
func (w *Words) Theme(id string) string { return w.Say("theme." + id) }

// Level is a word of a scale.
func (w *Words) Level(scale, id string) string { return w.Say("level." + scale + "." + id) }

// Inspection names an inspection by its area and year: "Leicester City 2016".
func (w *Words) Inspection(i analytics.Inspection) string {
	if i.Published.Year == 0 {
		return w.Say("inspection.undated", "Area", w.Area(i.Area),
			"Programme", w.Say("programme."+i.Programme+".short"))
	}
	return w.Area(i.Area) + " " + strconv.Itoa(i.Published.Year)
}

// Together returns the names of inspections set beside each other, in their order: as Inspection gives them, but
// the area alone for those without a year, if one programme made all of them and no two are of one area.
func (w *Words) Together(inspections []analytics.Inspection) []string {
	areas, programmes := make(map[string]bool), make(map[string]bool)
	for _, i := range inspections {
		areas[i.Area], programmes[i.Programme] = true, true
	}
	plain := len(programmes) == 1 && len(areas) == len(inspections)
	names := make([]string, len(inspections))
	for n, i := range inspections {
		if names[n] = w.Inspection(i); plain && i.Published.Year == 0 {
			names[n] = w.Area(i.Area)
		}
	}
	return names
}

// Date is a date with the precision it has: "13 June 2012", "June 2012", "2012", or words for not known.
func (w *Words) Date(d analytics.PartialDate) string {
	switch d.Precision() {
	case analytics.PrecisionUnknown:
		return w.Say("date.unknown")
	case analytics.PrecisionYear:
		return strconv.Itoa(d.Year)
	case analytics.PrecisionMonth:
		return w.month(d) + " " + strconv.Itoa(d.Year)
	}
	return strconv.Itoa(d.Day) + " " + w.month(d) + " " + strconv.Itoa(d.Year)
}

// Published is when an inspection was published: its date, or the bounds of the day where none is known.
func (w *Words) Published(i analytics.Inspection) string {
	if i.Published.Precision() != analytics.PrecisionUnknown {
		return w.Date(i.Published)
	}
	return w.Say("date.between", "First", w.MonthOf(i.Earliest), "Last", w.MonthOf(i.Latest))
}

// MonthOf is the month and year of a day.
func (w *Words) MonthOf(day time.Time) string {
	return w.Date(analytics.PartialDate{Year: day.Year(), Month: day.Month()})
}

// Censored says why nothing is computed from a result's measure; empty where its measure is not censored.
func (w *Words) Censored(programme string, r analytics.Result) string {
	reading, ok := w.snapshot.Censored(programme, r.Measure)
	if !ok {
		return ""
	}
	return w.Say("reading.noted", "Why", w.Say("reading."+reading.Why))
}

// Refused says that nothing is computed from a censored measure, why, and what is known all the same; empty where it
// is not.
func (w *Words) Refused(programme, measure string) string {
	reading, ok := w.snapshot.Censored(programme, measure)
	if !ok {
		return ""
	}
	text := w.Say("reading.refused", "Measure", w.Measure(programme, measure), "Programme", w.Programme(programme),
		"Why", w.Say("reading."+reading.Why))
	if share, ok := w.snapshot.CensoredShare(programme, measure); ok {
		text += " " + w.Say("reading.bounds", "Count", share.Read+share.Missing, "Read", share.Read,
			"Words", w.Good(share.Scale), "Lower", w.Number(share.Percent.Lower, 0), "Upper", w.Number(share.Percent.Upper, 0))
	}
	return text
}

func (w *Words) month(d analytics.PartialDate) string {
	return w.Say("date.month." + strconv.Itoa(int(d.Month)))
}

// Unit is a number in a scale's unit: "69%" or "27 points"; one decimal at most.
func (w *Words) Unit(x float64, unit analytics.Unit) string {
	if unit == analytics.UnitPoints {
		return w.Say("number.points", "Number", w.Number(x, 1), "Count", pluralOf(x))
	}
	return w.Percent(x)
}

// pluralOf is the number as plural rules take it: a fraction as text.
func pluralOf(x float64) any {
	if x == float64(int(x)) {
		return int(x)
	}
	return strconv.FormatFloat(x, 'f', 1, 64)
}

// Percent is a percentage with one decimal at most: "69%".
func (w *Words) Percent(x float64) string { return w.Number(x, 1) + "%" }

// Interval is a 95% interval of percentages, in whole numbers: "57% to 79%".
func (w *Words) Interval(i *stats.Interval) string {
	if i == nil {
		return ""
	}
	return w.Say("number.interval", "Lower", w.Number(i.Lower, 0), "Upper", w.Number(i.Upper, 0))
}

// IntervalColumn returns the column of ScoreInterval cells. Its label says where an interval takes each case for one
// judgement.
func (w *Words) IntervalColumn(i analytics.Inspection, results []analytics.Result) Column {
	for _, r := range results {
		if _, basis := w.snapshot.ScoreInterval(i, r); basis == analytics.AsIfCases {
			return Column{Label: w.Say("table.interval_as_if_cases"), Numeric: true}
		}
	}
	return Column{Label: w.Say("table.interval"), Numeric: true}
}

// ScoreInterval returns a cell with the interval of an inspection's result, or the reason for which there is none.
func (w *Words) ScoreInterval(i analytics.Inspection, r analytics.Result) Cell {
	interval, basis := w.snapshot.ScoreInterval(i, r)
	if interval == nil {
		return Text(w.IntervalBasis(basis))
	}
	return Text(w.Interval(interval))
}

// IntervalBasis returns what an interval rests on, or why there is none, in words.
func (w *Words) IntervalBasis(b analytics.IntervalBasis) string {
	if b == "" {
		return w.Say("interval_basis.none")
	}
	return w.Say("interval_basis." + string(b))
}

// Bounds are the least and the most that a percentage can be, in whole numbers: "6% and 96%".
func (w *Words) Bounds(b *stats.Bounds) string {
	return w.And([]string{w.Number(b.Lower, 0) + "%", w.Number(b.Upper, 0) + "%"})
}

// NofN is how much of a group a benchmark covers: "12 of 33 areas"; "12 areas" where the group's size is not known.
func (w *Words) NofN(n, of int) string {
	if of < n {
		return w.Say("number.areas", "Count", n)
	}
	return w.Say("number.n_of_areas", "N", n, "Count", of)
}

// Score is a result in a few words: "69%", "Good, 27 of 36 points", "Satisfactory", or words for not shown.
func (w *Words) Score(r analytics.Result) string {
	switch {
	case r.Percent != nil:
		return w.Percent(*r.Percent)
	case r.Rating != "" && r.Points != nil && r.PointsMax != nil:
		return w.Say("result.rating_points", "Rating", w.Level(r.Scale, r.Rating), "Points", *r.Points,
			"Max", *r.PointsMax)
	case r.Rating != "":
		return w.Level(r.Scale, r.Rating)
	}
	return w.Say("result.unknown")
}

// Comment is a core case inspection's improvement comment; empty where the result has none.
func (w *Words) Comment(r analytics.Result) string {
	if r.Comment == "" {
		return ""
	}
	return w.Say("comment." + r.Comment)
}

// Warning puts words to what a check of the record found; what it found exactly stays in English, as notes do.
func (w *Words) Warning(programme string, found analytics.Warning) Warning {
	out := Warning{Subject: w.Say("warnings.whole"), Text: w.Say("warning." + found.Rule)}
	if found.Measure != "" {
		out.Subject = w.Measure(programme, found.Measure)
	}
	if found.Value != "" {
		out.Found = found.Column + " " + found.Value + " "
	}
	out.Found += found.Problem
	return out
}

// Standing is a result's place in its cohort in a sentence; empty where it has none.
func (w *Words) Standing(s *analytics.Standing) string {
	if s == nil || s.N == 0 {
		return ""
	}
	return w.Say("standing.sentence", "Better", w.HowMany(s.Better), "Same", w.HowMany(s.Same),
		"Worse", w.HowMany(s.Worse), "Count", s.N)
}

// HowMany is a number of things in a sentence, in which 0 is a word.
func (w *Words) HowMany(n int) string {
	if n == 0 {
		return w.Say("standing.none")
	}
	return w.Number(float64(n), 0)
}

// BenchmarksOn returns the benchmarks of a measure over all areas as of some days. A question that could not be
// answered is an error of the words.
func (w *Words) BenchmarksOn(programme, measure string, days []time.Time) []analytics.Benchmark {
	found, err := w.snapshot.BenchmarksOn(programme, measure, days)
	w.keep("", err)
	return found
}

// Reason puts words to a reason of a comparison.
func (w *Words) Reason(r analytics.Reason) string {
	key := "reason." + string(r.Code)
	switch r.Code {
	case analytics.ReasonCaution:
		return w.Say("caution." + r.Caution)
	case analytics.ReasonSameProgramme, analytics.ReasonTargeted, analytics.ReasonSamplingUnknown:
		return w.Say(key, "Programme", w.Programme(r.Programmes[0]))
	case analytics.ReasonDifferentProgrammes:
		return w.Say(key, "Programmes", w.And(each(r.Programmes, w.Programme)))
	case analytics.ReasonDifferentScales:
		return w.Say(key, "Scales", w.And(each(r.Scales, func(id string) string { return w.Say("scale." + id) })))
	case analytics.ReasonDifferentFootprints, analytics.ReasonOverlappingFootprint:
		return w.Say(key, "Names", w.And(w.Areas(r.Areas[:2])))
	case analytics.ReasonYearsApart:
		return w.Say(key, "Count", r.Number)
	case analytics.ReasonSample:
		return w.Say(key, "Inspection", w.inspections(r.Inspections), "Count", r.Number)
	}
	return w.Say(key, "Inspections", w.inspections(r.Inspections))
}

func (w *Words) inspections(ids []string) string {
	return w.And(each(ids, func(id string) string {
		i, err := w.snapshot.Inspection(id)
		if err != nil {
			return id
		}
		return w.Inspection(i)
	}))
}

func each(ids []string, word func(string) string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = word(id)
	}
	return out
}

// SourceLink is a source as a page shows it.
type SourceLink struct {
	Text         string
	URL          string
	Original     string // address of the publication behind it, where it gives one
	OriginalName string // and its name, where it gives no address
	Detail       string
	// who published the figures, where they were read at somebody else's address or the title does not say
	Publisher string
}

// Sources are links to the sources with these ids, each once, with who published the figures; where a title was not
// recorded the address takes its place.
func (w *Words) Sources(ids []string) []SourceLink {
	found := w.snapshot.SourcesOf(unique(ids))
	links := make([]SourceLink, len(found))
	for i, s := range found {
		links[i] = SourceLink{Text: s.Title, URL: s.URL, Detail: s.Detail, Publisher: w.publisher(s)}
		if strings.HasPrefix(s.OriginalURL, "http") {
			links[i].Original = s.OriginalURL
		} else {
			links[i].OriginalName = s.OriginalURL // of some the record has the name alone
		}
		if s.Title == "" {
			links[i].Text = w.Say("source.read_at", "Site", shortURL(s.URL))
		}
	}
	return links
}

// publisher is the name of who published what a source was read for; empty where nothing says.
func (w *Words) publisher(s analytics.Source) string {
	return w.snapshot.Publisher(s.Publisher).Name.In(w.Tag())
}

// siteOf is the web site of an address: "bbc.com".
func siteOf(url string) string {
	site, _, _ := strings.Cut(shortURL(url), "/")
	return site
}

// Sites are links to the sources with these ids, each address once: by who published the figures, and by the site
// they were read at where that is another's.
func (w *Words) Sites(ids []string) []Link {
	var links []Link
	seen := make(map[string]bool)
	for _, s := range w.snapshot.SourcesOf(ids) {
		if seen[s.URL] {
			continue
		}
		seen[s.URL] = true
		link := Link{Text: siteOf(s.URL), Href: s.URL}
		switch {
		case w.snapshot.Publisher(s.Publisher).ID == "":
		case w.atPublisher(s):
			link.Text = w.publisher(s)
		default:
			link.Text = w.Say("source.published_read_at", "Publisher", w.publisher(s), "Site", link.Text)
		}
		links = append(links, link)
	}
	return links
}

// atPublisher says whether a source is on a site of who published its figures.
func (w *Words) atPublisher(s analytics.Source) bool {
	site, own := siteOf(s.URL), w.snapshot.Publisher(s.Publisher).Site
	return own != "" && (site == own || strings.HasSuffix(site, "."+own))
}

// AsPublished says whether a figure with these sources was read in a publication of its own publisher, or in a copy
// that names the publication: not in what others say of it.
func (w *Words) AsPublished(sources []string) bool {
	return slices.ContainsFunc(w.snapshot.SourcesOf(sources), func(s analytics.Source) bool {
		return s.OriginalURL != "" || w.atPublisher(s)
	})
}

// SitesOf are the Sites of all sources of an inspection's results.
func (w *Words) SitesOf(i analytics.Inspection) []Link {
	var ids []string
	for _, r := range i.Results {
		ids = append(ids, r.Sources...)
	}
	return w.Sites(ids)
}

// ComputedFrom leads to the inspections that figures of a programme were computed from, each with its document.
func (w *Words) ComputedFrom(programme string) *Link {
	return &Link{Text: w.Say("source.computed"), Href: w.URL("/inspections?programme=" + programme)}
}

// shortURL is an address without its scheme, cut to a length that a line of text can hold.
func shortURL(url string) string {
	const longest = 60
	for _, scheme := range []string{"https://", "http://", "www."} {
		if len(url) > len(scheme) && url[:len(scheme)] == scheme {
			url = url[len(scheme):]
		}
	}
	if len(url) > longest {
		return fmt.Sprintf("%s…", url[:longest])
	}
	return url
}
