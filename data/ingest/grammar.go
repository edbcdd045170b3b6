package ingest

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// What may stand in a cell: one strict expression a column. The parsers of the standard library take NaN, infinity,
// hexadecimal, exponents and underscores, so they see only what one of these let through.
var (
	percentGrammar   = regexp.MustCompile(`^(100(\.0{1,20})?|[0-9]{1,2}(\.[0-9]{1,20})?)%?$`)
	integerGrammar   = regexp.MustCompile(`^[0-9]{1,6}$`)
	decimalGrammar   = regexp.MustCompile(`^-?[0-9]{1,12}(\.[0-9]{1,9})?$`)
	measureGrammar   = regexp.MustCompile(`^[a-z0-9_]{1,80}$`)
	programmeGrammar = regexp.MustCompile(`^[a-z0-9]{1,40}$`)
	ratingGrammar    = regexp.MustCompile(`^[A-Za-z]{1,30}([_ ][A-Za-z]{1,30}){0,3}$`)
	commentGrammar   = regexp.MustCompile(`(?i)^(minimum|moderate|substantial|drastic)( improvement required)?$`)
	urlGrammar       = regexp.MustCompile(`^https?://[!#-;=?-Z_a-z~\[\]]{1,900}$`) // printable ASCII less space " < > \ ^ and the like
)

// percent reads a share of a hundred; nil where the cell is blank or wrong.
func (r *row) percent(column string) *float64 {
	c := r.cell(column)
	if c.text == "" || !r.plain(column) {
		return nil
	}
	if !percentGrammar.MatchString(c.text) {
		r.found(column, "percent", "is not a percentage between 0 and 100", "write it as 62 or 62.5: digits, a point, no commas or spaces")
		return nil
	}
	return r.float(column, strings.TrimSuffix(c.text, "%"))
}

// decimal reads a number that is zero or more; nil where the cell is blank or wrong.
func (r *row) decimal(column string) *float64 {
	c := r.cell(column)
	if c.text == "" || !r.plain(column) {
		return nil
	}
	if !decimalGrammar.MatchString(c.text) {
		r.found(column, "decimal", "is not a plain number", "write it as 1234.5: digits, a point, no commas, spaces, signs or units")
		return nil
	}
	if c.text[0] == '-' {
		r.found(column, "negative", "is less than zero", "correct it; leave the cell blank where the source shows nothing")
		return nil
	}
	return r.float(column, c.text)
}

// float reads what a grammar has let through.
func (r *row) float(column, text string) *float64 {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		r.found(column, "decimal", "is not a number", "write digits and a point only")
		return nil
	}
	return &value
}

// integer reads a count; nil where the cell is blank or wrong.
func (r *row) integer(column string) *int {
	c := r.cell(column)
	if c.text == "" || !r.plain(column) {
		return nil
	}
	value, err := strconv.Atoi(c.text)
	if !integerGrammar.MatchString(c.text) || err != nil {
		r.found(column, "integer", "is not a whole number of up to six digits", "write digits only")
		return nil
	}
	return &value
}

// slug reads an id of the record; "" where the cell is blank or wrong.
func (r *row) slug(column string, grammar *regexp.Regexp) string {
	c := r.cell(column)
	if c.text == "" || !r.plain(column) || !r.legible(column) {
		return ""
	}
	if !grammar.MatchString(c.text) {
		r.found(column, column, "is not an id of the record", "write small letters and digits, as reference/"+column+"s.csv has it")
		return ""
	}
	return r.once(c.text)
}

// comment reads how much improvement a notice asks for: minimum, moderate, substantial or drastic.
func (r *row) comment(column string) string {
	c := r.cell(column)
	if c.text == "" || !r.plain(column) {
		return ""
	}
	match := commentGrammar.FindStringSubmatch(c.text)
	if match == nil {
		r.found(column, "comment_word", "is not one of the four comments", "write minimum, moderate, substantial or drastic")
		return ""
	}
	return r.once(strings.ToLower(match[1]))
}

// rating reads a word of a scale as its id: "Requires improvement" is requires_improvement.
func (r *row) rating(column string) string {
	c := r.cell(column)
	if c.text == "" || !r.plain(column) || !r.legible(column) {
		return ""
	}
	if !ratingGrammar.MatchString(c.text) {
		r.found(column, "rating_word", "is not a rating in words", "write the word of the scale, such as good or requires_improvement; other words go in note")
		return ""
	}
	return r.once(strings.ReplaceAll(strings.ToLower(c.text), " ", "_"))
}

// url reads the address of a source.
func (r *row) url(column string) string {
	c := r.cell(column)
	if c.text == "" || !r.plain(column) {
		return ""
	}
	parsed, err := url.Parse(c.text)
	if !urlGrammar.MatchString(c.text) || err != nil || parsed.Hostname() == "" || parsed.User != nil {
		r.found(column, "url", "is not the address of a page", "copy the whole address, from https:// on, without spaces")
		return ""
	}
	return r.once(c.text)
}

// plain finds cells of a workbook that hold something other than what they show, or than the column takes.
func (r *row) plain(column string) bool {
	switch r.cell(column).kind {
	case kindDay, kindMonth, kindYear, kindNoYear, kindTime, kindISODate:
		r.found(column, "date", "is a date to Excel, and this column takes none", "format the cell as Text and write the value again")
	case kindBoolean:
		r.found(column, "boolean", "is true or false to Excel", "format the cell as Text and write the value again")
	case kindError:
		r.found(column, "cell_error", "is an error of Excel", "write the value, or leave the cell blank")
	default:
		return true
	}
	return false
}
