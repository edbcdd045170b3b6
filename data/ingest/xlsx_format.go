package ingest

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// builtIn are the formats that every workbook knows by number and that are no plain numbers (ECMA-376, 18.8.30). Those
// that differ by language (27-36, 50-58) count as dates without a year, which are refused.
var builtIn = map[int]cellKind{
	9: kindPercent, 10: kindPercent, 14: kindDay, 15: kindDay, 16: kindNoYear, 17: kindMonth, 18: kindTime, 19: kindTime,
	20: kindTime, 21: kindTime, 22: kindDay, 45: kindTime, 46: kindTime, 47: kindTime,
}

// shownAs is what a number is shown as under a format.
func shownAs(format int, codes map[int]string) cellKind {
	if code, ok := codes[format]; ok {
		return shownByCode(code)
	}
	if k, ok := builtIn[format]; ok {
		return k
	}
	if format >= 27 && format <= 36 || format >= 50 && format <= 58 {
		return kindNoYear
	}
	return kindNumber
}

var (
	literals = regexp.MustCompile(`"[^"]*"?|\\.|[_*].|am/pm|a/p|general|e[+-]`)
	elapsed  = regexp.MustCompile(`\[(h+|m+|s+)\]`)
	brackets = regexp.MustCompile(`\[[^\]]*\]?`)
	days     = regexp.MustCompile(`d+`)
)

// shownByCode reads a format's code, such as "d mmm yyyy" or "0.0%". The first section tells.
func shownByCode(code string) cellKind {
	code = literals.ReplaceAllString(strings.ToLower(code), "")
	code, _, _ = strings.Cut(code, ";")
	if elapsed.MatchString(code) {
		return kindTime
	}
	code = brackets.ReplaceAllString(code, "")
	day := false
	for _, run := range days.FindAllString(code, -1) {
		day = day || len(run) <= 2 // three letters and more are the name of a weekday
	}
	year, month := strings.Contains(code, "y"), strings.Contains(code, "m")
	clock := strings.ContainsAny(code, "hs")
	switch {
	case year, day, month, clock, strings.Contains(code, "d"):
		return dateKind(year, month, day, strings.Contains(code, "d"), clock)
	case strings.Contains(code, "%"):
		return kindPercent
	}
	return kindNumber
}

// dateKind is how a date is shown that has these parts; weekday is the name of one, or a day.
func dateKind(year, month, day, weekday, clock bool) cellKind {
	switch {
	case year && day:
		return kindDay
	case year && month:
		return kindMonth
	case year:
		return kindYear
	case weekday, month && !clock:
		return kindNoYear
	}
	return kindTime
}

var plainNumber = regexp.MustCompile(`^-?[0-9]{1,40}(\.[0-9]{1,40})?$`)

// shownText is what a cell that holds a number says, in the words of the import: 0.62 under a percentage is "62%",
// 41073 under a date "2012-06-13", or "2012-06" where no day is shown. A number with more digits than a spreadsheet
// shows, which come of its binary fractions, is rounded to those. What cannot be said so stays as it is, for the
// grammar of the column to refuse.
func shownText(raw string, k cellKind, from1904 bool) string {
	if !plainNumber.MatchString(raw) {
		return raw
	}
	value, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return raw
	}
	switch k {
	case kindPercent:
		return rounded(value*100) + "%"
	case kindDay, kindMonth, kindYear:
		return serialDate(raw, value, k, from1904)
	case kindNumber:
		if len(raw) > 15 {
			return rounded(value)
		}
	}
	return raw
}

// rounded is a number in the fifteen digits that a spreadsheet shows.
func rounded(value float64) string {
	short, err := strconv.ParseFloat(strconv.FormatFloat(value, 'e', 14, 64), 64)
	if err != nil {
		return strconv.FormatFloat(value, 'f', -1, 64)
	}
	return strconv.FormatFloat(short, 'f', -1, 64)
}

// serialDate is the date of a day count. The first sixty days of 1900 are left out: spreadsheets disagree about them.
func serialDate(raw string, value float64, k cellKind, from1904 bool) string {
	first := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	if from1904 {
		first = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	whole := int(value)
	if value != float64(whole) || whole < 61 || whole > 200_000 {
		return raw
	}
	layout := map[cellKind]string{kindDay: time.DateOnly, kindMonth: "2006-01", kindYear: "2006"}[k]
	return first.AddDate(0, 0, whole).Format(layout)
}
