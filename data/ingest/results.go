package ingest

import (
	"fmt"

	"yardstick/analytics"
	"yardstick/data/finding"
)

// Result is one row of a file of inspection results: what one inspection of an area says of one measure. What the file
// leaves blank is nil, "" or an unknown date; it was not shown by the source, and is never zero.
type Result struct {
	Line        int    // of the file; 1 is the header
	Area        string // id
	Programme   string // id, as written
	Measure     string // id, as written
	Fieldwork   analytics.PartialDate
	Published   analytics.PartialDate
	Cases       *int     // in the sample
	Percent     *float64 // 0 to 100
	Comment     string   // minimum, moderate, substantial, drastic
	Rating      string   // a level of a scale as its id: requires_improvement
	Points      *int
	PointsMax   *int
	Lowest      *float64 // of the areas inspected so far, as the notice prints them: 0 to 100
	Highest     *float64
	Average     *float64
	SourceURL   string // addresses with a space between
	SourceTitle string // of each of them
	SourcePage  string
	Note        string

	Reinspection string // yes or no
	Scale        string // id
	Confidence   string // seen or third_party
	Sources      string // ids of documents of the record with ";" between, beside or in place of SourceURL
}

var resultColumns = []column{
	{name: "area", required: filled},
	{name: "programme", required: filled},
	{name: "fieldwork_month"},
	{name: "publication_date"},
	{name: "cases_in_sample"},
	{name: "measure", required: filled},
	{name: "score_percent"},
	{name: "comment"},
	{name: "rating"},
	{name: "points"},
	{name: "points_max"},
	{name: "benchmark_lowest"},
	{name: "benchmark_highest"},
	{name: "benchmark_average"},
	{name: "source_url", required: filled, or: "sources"},
	{name: "source_title"},
	{name: "source_page"},
	{name: "note"},
	{name: "reinspection"},
	{name: "scale"},
	{name: "confidence"},
	{name: "sources"},
}

// resultReader reads the rows of a file of results.
func resultReader(t *table, to Rows) reader {
	type about struct {
		area, programme, measure string
		published                analytics.PartialDate
	}
	fractions := fractions{log: t.log}
	return reader{finish: fractions.settle, row: func(r *row) {
		result := Result{
			Line: r.line, Area: r.area("area"), Programme: r.slug("programme", programmeGrammar),
			Measure: r.slug("measure", measureGrammar), Fieldwork: r.date("fieldwork_month"),
			Published: r.date("publication_date"), Cases: r.integer("cases_in_sample"),
			Percent: r.percent("score_percent"), Comment: r.comment("comment"), Rating: r.rating("rating"),
			Points: r.integer("points"), PointsMax: r.integer("points_max"), Lowest: r.percent("benchmark_lowest"),
			Highest: r.percent("benchmark_highest"), Average: r.percent("benchmark_average"),
			SourceURL: r.urls("source_url"), SourceTitle: r.text("source_title"), SourcePage: r.text("source_page"),
			Note: r.text("note"), Reinspection: r.word("reinspection", "yes", "no"),
			Scale: r.slug("scale", programmeGrammar), Confidence: r.word("confidence", "seen", "third_party"),
			Sources: r.ids("sources"),
		}
		result.agree(r)
		fractions.add(r, result.Percent)
		if result.Area != "" && result.Programme != "" && result.Measure != "" {
			repeats(r, about{result.Area, result.Programme, result.Measure, result.Published}, "measure",
				"stands in row %d too for this area, programme and date", "delete one of the rows")
		}
		pass(r, to.Result, result)
	}}
}

// fractions keeps the scores between 0 and 1 until it is known whether the whole column is written so: 0.62 for 62%.
type fractions struct {
	log    *log
	listed []finding.Finding // the first of them
	count  int
	above1 bool // some score is
}

func (f *fractions) add(r *row, percent *float64) {
	switch {
	case percent == nil:
	case *percent > 0 && *percent < 1:
		f.count++
		if len(f.listed) < maxListed {
			f.listed = append(f.listed, r.finding(finding.SeverityWarning, "score_percent", "percent_fraction",
				"is less than one per cent", "write 62 where 62% is meant"))
		}
	case *percent > 1:
		f.above1 = true
	}
}

// settle refuses the file where no score is above 1, so that those below it are taken for fractions.
func (f *fractions) settle() {
	severity, count := finding.SeverityError, &f.log.errorCount
	if f.above1 {
		severity, count = finding.SeverityWarning, &f.log.warningCount
	}
	for _, one := range f.listed {
		one.Severity = severity
		f.log.add(one)
	}
	*count += f.count - len(f.listed)
}

// agree finds what cannot be true of one row.
func (result Result) agree(r *row) {
	says := r.has("score_percent") || r.has("comment") || r.has("rating") || r.has("points") || r.has("note") ||
		r.has("benchmark_lowest") || r.has("benchmark_highest") || r.has("benchmark_average")
	if !says && r.has("measure") {
		r.found("measure", "row_says_nothing", "has no score, comment, rating, points or benchmark",
			"fill one in, or say in note why there is none")
	}
	if result.Cases != nil && *result.Cases == 0 {
		r.found("cases_in_sample", "integer", "is not a number of cases", "leave the cell blank where it is not known")
	}
	if result.Points != nil && !r.has("points_max") {
		r.found("points", "points", "has no maximum", "fill in points_max")
	}
	if result.Points != nil && result.PointsMax != nil && *result.Points > *result.PointsMax {
		r.found("points", "points", fmt.Sprintf("is more than points_max, %d", *result.PointsMax),
			"correct one of the two")
	}
	if f, p := result.Fieldwork, result.Published; f.Year > 0 && p.Year > 0 && f.First().After(p.Last()) {
		r.found("fieldwork_month", "date_order", "is after publication_date, "+p.String(), "correct one of the two")
	}
	ordered(r, "benchmark_lowest", result.Lowest, "benchmark_average", result.Average)
	ordered(r, "benchmark_average", result.Average, "benchmark_highest", result.Highest)
	ordered(r, "benchmark_lowest", result.Lowest, "benchmark_highest", result.Highest)
}

// ordered finds a lower number above a higher one, where both are known.
func ordered(r *row, lower string, low *float64, higher string, high *float64) {
	if low != nil && high != nil && *low > *high {
		r.found(lower, "order", fmt.Sprintf("is more than %s, %v", higher, *high), "correct one of the two")
	}
}
