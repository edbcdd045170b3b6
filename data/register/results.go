package register

import (
	"strconv"
	"strings"

	"yardstick/analytics"
	"yardstick/data/ingest"
	"yardstick/data/release"
)

const (
	sourcesFile   = "SOURCES.csv"
	printedFile   = "benchmarks/published.csv"
	scalesFile    = "reference/programme_scales.csv"
	openLicence   = "OGL-UK-3.0" // of figures in documents that name no other
	seen          = "seen"
	longestIDStem = 72
)

// change is one row that an import added or changed, for the receipt.
type change struct {
	File    string   `json:"file"`
	Key     string   `json:"key"`
	Outcome Outcome  `json:"-"`
	Before  []string `json:"before,omitempty"`
	After   []string `json:"after"`
}

// layResults lays imported results over the record: each under its inspection and measure, with its source listed and
// its printed benchmark beside it.
func (f *files) layResults(from int, results []ingest.Result) ([]change, error) {
	var changes []change
	printed, err := f.sheet(printedFile)
	if err != nil {
		return nil, err
	}
	scales, err := f.sheet(scalesFile)
	if err != nil {
		return nil, err
	}
	for _, r := range results {
		name := "results/" + r.Programme + ".csv"
		s, err := f.sheet(name)
		if err != nil {
			return nil, err
		}
		source, err := f.source(from, r)
		if err != nil {
			return nil, err
		}
		id := inspectionID(r)
		cells := []string{id, r.Area, scales.scaleAt(r), "", r.Fieldwork.String(), r.Published.String(), whole(r.Cases),
			r.Measure, decimal(r.Percent), r.Comment, r.Rating, whole(r.Points), whole(r.PointsMax), seen, source, r.SourcePage, r.Note}
		inspection := s.column("inspection")
		s.fill(inspection, []int{s.column("reinspection"), s.column("fieldwork"), s.column("cases")}, cells)
		outcome, before := s.put([]int{inspection, s.column("measure")}, row{cells: cells, from: from, line: r.Line})
		changes = append(changes, change{File: name, Key: id + " " + r.Measure, Outcome: outcome, Before: before, After: cells})
		if r.Lowest == nil && r.Highest == nil && r.Average == nil {
			continue
		}
		cells = []string{id, r.Measure, decimal(r.Lowest), decimal(r.Highest), decimal(r.Average), source}
		outcome, before = printed.put([]int{0, 1}, row{cells: cells, from: from, line: r.Line})
		changes = append(changes, change{File: printedFile, Key: id + " " + r.Measure, Outcome: outcome, Before: before, After: cells})
	}
	return changes, nil
}

// sheet opens a file of the record under the header that its layout gives it.
func (f *files) sheet(name string) (*sheet, error) {
	return f.open(name, release.Columns(name))
}

// inspectionID is <area>-<programme>-<year of publication>, without the year where that is unknown.
func inspectionID(r ingest.Result) string {
	id := r.Area + "-" + r.Programme
	if r.Published.Precision() != analytics.PrecisionUnknown {
		id += "-" + strconv.Itoa(r.Published.Year)
	}
	return id
}

// scaleAt is the scale that a result's programme used on the day of its publication, of its fieldwork where that is not given,
// as a sheet of programme_scales.csv has it. Of several that a date may mean, or that may have been in use on no day of it, it
// is the one that came in last: the record's checks hold it to the dates. A programme without scales has its own name for
// one, which the checks refuse.
func (s *sheet) scaleAt(r ingest.Result) string {
	dated := r.Published
	if dated.Precision() == analytics.PrecisionUnknown {
		dated = r.Fieldwork
	}
	programme, scale, starts, ends := s.column("programme"), s.column("scale"), s.column("starts"), s.column("ends")
	best, fits, began := r.Programme, false, ""
	for _, there := range s.rows {
		if there.cells[programme] != r.Programme {
			continue
		}
		meets := overlaps(dated, there.cells[starts], there.cells[ends])
		if meets && !fits || meets == fits && there.cells[starts] >= began {
			best, fits, began = there.cells[scale], meets, there.cells[starts]
		}
	}
	return best
}

// overlaps says whether a date may lie between two others, as they are written; an unknown date may, and an empty end is open.
func overlaps(dated analytics.PartialDate, starts, ends string) bool {
	from, err := analytics.ParsePartialDate(starts)
	if err != nil {
		return false
	}
	to, err := analytics.ParsePartialDate(ends)
	if err != nil {
		return false
	}
	known := func(d analytics.PartialDate) bool { return d.Precision() != analytics.PrecisionUnknown }
	return !known(dated) || !dated.Last().Before(from.First()) && (!known(to) || !dated.First().After(to.Last()))
}

// source is the id of a result's document in SOURCES.csv, which is listed there if it is new.
func (f *files) source(from int, r ingest.Result) (string, error) {
	return f.sourceOf(from, r.Line, r.SourceURL, r.SourceTitle)
}

func (f *files) sourceOf(from, line int, url, title string) (string, error) {
	s, err := f.sheet(sourcesFile)
	if err != nil {
		return "", err
	}
	id, titleAt, urlAt := s.column("source"), s.column("title"), s.column("url")
	taken := make(map[string]bool, len(s.rows))
	for _, there := range s.rows {
		if there.cells[urlAt] == url && (title == "" || there.cells[titleAt] == title) {
			return there.cells[id], nil
		}
		taken[there.cells[id]] = true
	}
	stem := slug(title)
	if stem == "" {
		stem = slug(url)
	}
	name := stem
	for n := 2; taken[name]; n++ {
		name = stem + "-" + strconv.Itoa(n)
	}
	s.rows = append(s.rows, row{cells: []string{name, title, url, "", "", openLicence}, from: from, line: line})
	return name, nil
}

// slug is a text as an id: lower-case letters and digits with hyphens, cut to a length that can be read.
func slug(text string) string {
	text = strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(text), "https://"), "http://")
	words := strings.FieldsFunc(text, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })
	id := strings.Join(words, "-")
	return strings.Trim(id[:min(len(id), longestIDStem)], "-")
}

func whole(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func decimal(x *float64) string {
	if x == nil {
		return ""
	}
	return strconv.FormatFloat(*x, 'f', -1, 64)
}
