package ingest

// ReportFinding is one row of a file of findings: what the report of an inspection says besides scores and ratings.
// What the file leaves blank is nil or ""; it was not shown by the source, and is never zero.
type ReportFinding struct {
	Line        int    // of the file; 1 is the header
	Inspection  string // id
	Kind        string // as written: recommendation, reason, limit, answer and so on
	Position    int    // within the inspection and kind, from 1
	Measure     string // id, as written
	Topic       string // id of what it is about
	Counted     string // who or what the numbers count
	TextEN      string
	TextCY      string
	Numerator   *float64
	Denominator *float64
	Percent     *float64 // 0 to 100
	Value       *float64 // or the lower end of a range, in Unit
	ValueTo     *float64
	Unit        string
	Place       string // official code
	Period      string
	Printed     string // the figure in the report's own words
	Status      string // printed, worked_out or picture
	Section     string
	Page        string
	SourceURL   string // addresses with a space between
	SourceTitle string // of each of them
	Sources     string // ids of documents of the record with ";" between
	Note        string
}

var reportColumns = []column{
	{name: "inspection", required: filled}, {name: "kind", required: filled}, {name: "position", required: filled},
	{name: "measure"}, {name: "subject"}, {name: "counted"},
	{name: "text_en", required: filled}, {name: "text_cy", required: filled},
	{name: "numerator"}, {name: "denominator"}, {name: "percent"}, {name: "value"}, {name: "value_to"}, {name: "unit"},
	{name: "place"}, {name: "period"}, {name: "printed"}, {name: "status"},
	{name: "section", required: filled}, {name: "page"},
	{name: "source_url", required: filled, or: "sources"}, {name: "source_title"}, {name: "sources"}, {name: "note"},
}

// reportReader reads the rows of a file of findings.
func reportReader(_ *table, to Rows) reader {
	type about struct {
		inspection, kind string
		position         int
	}
	return reader{row: func(r *row) {
		f := ReportFinding{
			Line: r.line, Inspection: r.inspection("inspection"), Kind: r.slug("kind", measureGrammar),
			Measure: r.slug("measure", measureGrammar), Topic: r.slug("subject", measureGrammar),
			Counted: r.slug("counted", measureGrammar), TextEN: r.text("text_en"), TextCY: r.text("text_cy"),
			Numerator: r.decimal("numerator"), Denominator: r.decimal("denominator"), Percent: r.percent("percent"),
			Value: r.decimal("value"), ValueTo: r.decimal("value_to"), Unit: r.slug("unit", measureGrammar),
			Place: r.code("place", gssGrammar, likeGSS), Period: r.text("period"), Printed: r.text("printed"),
			Status: r.word("status", "printed", "worked_out", "picture"), Section: r.text("section"), Page: r.text("page"),
			SourceURL: r.urls("source_url"), SourceTitle: r.text("source_title"), Sources: r.ids("sources"),
			Note: r.text("note"),
		}
		if position := r.integer("position"); position != nil {
			if f.Position = *position; f.Position == 0 {
				r.found("position", "integer", "counts from 1", "number the findings of a kind from 1, as the report has them")
			}
		}
		if f.Status == "" && !r.has("status") {
			f.Status = "printed"
		}
		ordered(r, "numerator", f.Numerator, "denominator", f.Denominator)
		ordered(r, "value", f.Value, "value_to", f.ValueTo)
		if f.Inspection != "" && f.Kind != "" && f.Position > 0 {
			repeats(r, about{f.Inspection, f.Kind, f.Position}, "position",
				"stands in row %d too for this inspection and kind", "delete one of the rows, or number them on")
		}
		pass(r, to.Report, f)
	}}
}
