package ingest

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// What may stand in a cell: one strict expression a column. The parsers of the standard library take NaN, infinity,
// hexadecimal, exponents and underscores, so they see only what one of these let through.
var (
	percentGrammar   = regexp.MustCompile(`^(100(\.0{1,20})?|[0-9]{1,2}(\.[0-9]{1,20})?)%?$`)
	measureGrammar   = regexp.MustCompile(`^[a-z0-9_]{1,80}$`)
	programmeGrammar = regexp.MustCompile(`^[a-z0-9]{1,40}$`)
	ratingGrammar    = regexp.MustCompile(`^[A-Za-z]{1,30}([_ ][A-Za-z]{1,30}){0,3}$`)
	commentGrammar   = regexp.MustCompile(`(?i)^(minimum|moderate|substantial|drastic)( improvement required)?$`)
	idGrammar        = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+){0,39}$`)
	gssGrammar       = regexp.MustCompile(`^[A-Z][0-9]{8}$`)
	caseGrammar      = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$`)
	urlGrammar       = regexp.MustCompile(
		`^https?://[!#-;=?-Z_a-z~\[\]]{1,900}$`) // printable ASCII less space " < > \ ^ and the like
)

// likeGSS says how the official code of a place is written.
const likeGSS = "the nine characters of the official code, such as E06000016"

// value returns the text of a cell; false where it is blank, or holds what the column does not take, which is found.
func (r *row) value(column string) (string, bool) {
	c := r.cell(column)
	return c.text, c.text != "" && (c.kind == kindText || r.plain(column))
}

// written returns the text of a cell as value does, where all of it can be read.
func (r *row) written(column string) (string, bool) {
	text, ok := r.value(column)
	return text, ok && r.legible(column)
}

// percent reads a share of a hundred; nil where the cell is blank or wrong.
func (r *row) percent(column string) *float64 {
	text, ok := r.value(column)
	if !ok {
		return nil
	}
	if !percentGrammar.MatchString(text) {
		r.found(column, "percent", "is not a percentage between 0 and 100",
			"write it as 62 or 62.5: digits, a point, no commas or spaces")
		return nil
	}
	return r.float(column, strings.TrimSuffix(text, "%"))
}

// decimal reads a number that is zero or more; nil where the cell is blank or wrong.
func (r *row) decimal(column string) *float64 {
	text, ok := r.value(column)
	switch {
	case !ok:
	case isDecimal(text):
		return r.float(column, text)
	case isDecimal(strings.TrimPrefix(text, "-")):
		r.found(column, "negative", "is less than zero",
			"correct it; leave the cell blank where the source shows nothing")
	default:
		r.found(column, "decimal", "is not a plain number",
			"write it as 1234.5: digits, a point, no commas, spaces, signs or units")
	}
	return nil
}

// isDecimal says whether a text is a number of up to 12 digits, with up to 9 after a point. There may be millions, so
// it is no regular expression.
func isDecimal(text string) bool {
	whole, part, point := strings.Cut(text, ".")
	return areDigits(whole, 12) && (!point || areDigits(part, 9))
}

// areDigits says whether a text is of digits alone, at least one and at most so many.
func areDigits(text string, most int) bool {
	for _, b := range []byte(text) {
		if b < '0' || b > '9' {
			return false
		}
	}
	return text != "" && len(text) <= most
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
	text, ok := r.value(column)
	if !ok {
		return nil
	}
	if !areDigits(text, 6) {
		r.found(column, "integer", "is not a whole number of up to six digits", "write digits only")
		return nil
	}
	count := number(text)
	return &count
}

// slug reads an id of the record; "" where the cell is blank or wrong.
func (r *row) slug(column string, grammar *regexp.Regexp) string {
	text, ok := r.written(column)
	if !ok {
		return ""
	}
	if !grammar.MatchString(text) {
		r.found(column, column, "is not an id of the record",
			"write small letters and digits, as reference/"+column+"s.csv has it")
		return ""
	}
	return r.once(text)
}

// code reads a code of some grammar; like says how one is written.
func (r *row) code(column string, grammar *regexp.Regexp, like string) string {
	text, ok := r.written(column)
	if !ok {
		return ""
	}
	if !grammar.MatchString(text) {
		r.found(column, column, "is not written as it must be here", "write "+like)
		return ""
	}
	return r.once(text)
}

// comment reads how much improvement a notice asks for: minimum, moderate, substantial or drastic.
func (r *row) comment(column string) string {
	text, ok := r.value(column)
	if !ok {
		return ""
	}
	match := commentGrammar.FindStringSubmatch(text)
	if match == nil {
		r.found(column, "comment_word", "is not one of the four comments",
			"write minimum, moderate, substantial or drastic")
		return ""
	}
	return r.once(strings.ToLower(match[1]))
}

// rating reads a word of a scale as its id: "Requires improvement" is requires_improvement.
func (r *row) rating(column string) string {
	text, ok := r.written(column)
	if !ok {
		return ""
	}
	if !ratingGrammar.MatchString(text) {
		r.found(column, "rating_word", "is not a rating in words",
			"write the word of the scale, such as good or requires_improvement; other words go in note")
		return ""
	}
	return r.once(strings.ReplaceAll(strings.ToLower(text), " ", "_"))
}

// urls reads the addresses of sources, with spaces between, as each with one space between.
func (r *row) urls(column string) string {
	text, ok := r.value(column)
	if !ok {
		return ""
	}
	addresses := strings.Fields(text)
	for _, address := range addresses {
		parsed, err := url.Parse(address)
		if !urlGrammar.MatchString(address) || err != nil || parsed.Hostname() == "" || parsed.User != nil {
			r.found(column, "url", "is not the address of a page",
				"copy the whole address, from https:// on; several have a space between")
			return ""
		}
	}
	return r.once(strings.Join(addresses, " "))
}

// ids reads a list of ids of the record, with ";" between, each given once.
func (r *row) ids(column string) string {
	items := r.list(column, func(id string) bool {
		if !idGrammar.MatchString(id) {
			r.found(column, "id", "is not a list of ids of the record",
				"write ids of small letters, digits and hyphens, as SOURCES.csv has them, with ; between")
			return false
		}
		return true
	})
	return r.once(strings.Join(items, ";"))
}

// list reads the parts of a cell between semicolons, trimmed. A blank part or one given twice is found, and gives none;
// so does one that is not right, which right finds.
func (r *row) list(column string, right func(item string) bool) []string {
	text, ok := r.written(column)
	if !ok {
		return nil
	}
	items := strings.Split(text, ";")
	for i, item := range items {
		items[i] = trim(item)
		switch {
		case items[i] == "":
			r.found(column, "list", "has a blank between two semicolons, or before the first or after the last",
				"write one; another; a third")
			return nil
		case slices.Contains(items[:i], items[i]):
			r.found(column, "list", fmt.Sprintf("names %s twice", items[i]), "delete one of them")
			return nil
		}
	}
	for i, item := range items {
		if !right(item) {
			return nil
		}
		items[i] = r.once(item)
	}
	return items
}

// word reads one of some words, as they are written.
func (r *row) word(column string, words ...string) string {
	text, ok := r.value(column)
	if !ok {
		return ""
	}
	if at := slices.Index(words, text); at >= 0 {
		return words[at]
	}
	r.found(column, column, "is none of "+strings.Join(words, ", "), "write one of them, as it stands here")
	return ""
}

// plain finds cells of a workbook that hold something other than what they show, or than the column takes.
func (r *row) plain(column string) bool {
	switch r.cell(column).kind {
	case kindDay, kindMonth, kindYear, kindNoYear, kindTime, kindISODate:
		r.found(column, "date", "is a date in the workbook, and this column takes none",
			"format the cell as Text and write the value again")
	case kindBoolean:
		r.found(column, "boolean", "is true or false in the workbook", "format the cell as Text and write the value again")
	case kindError:
		r.found(column, "cell_error", "is an error of a formula", "write the value, or leave the cell blank")
	default:
		return true
	}
	return false
}
