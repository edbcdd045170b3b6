package analytics

// Warning is something that a check of the record found, that may be right, and that a reader of the figure should
// know: a word one band off its number where the band was only inferred, a printed range that leaves a score out.
// What is surely wrong is never in a release.
type Warning struct {
	File       string // of the record
	Line       int    // of the file; 1 is the header
	Column     string // the cell it is about
	Value      string // what stood there; empty where nothing did
	Rule       string // the check's id; the catalogues have words for each
	Problem    string // in English, as the record's notes are
	Fix        string // what to do about it, in English
	Inspection string // empty where the row is neither a result nor its printed benchmark
	Measure    string // empty where it is about the whole inspection
}
