package analytics

import (
	"fmt"
	"time"
)

// Precision says how much of a date its source gave.
type Precision int

// The precisions, from nothing to a whole date.
const (
	PrecisionUnknown Precision = iota
	PrecisionYear
	PrecisionMonth
	PrecisionDay
)

// PartialDate is a date as its source printed it: a day, a month, a year, or nothing. The zero value is unknown.
// No part that was not printed is ever filled in; First and Last give the days between which it lies.
type PartialDate struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the day of t, in t's own zone.
func DateOf(t time.Time) PartialDate {
	return PartialDate{Year: t.Year(), Month: t.Month(), Day: t.Day()}
}

// ParsePartialDate reads "2012", "2012-06", "2012-06-13" or "" (unknown). Anything else, a day that does not exist or a
// year before 1000 included, is an *InvalidError of kind date.
func ParsePartialDate(text string) (PartialDate, error) {
	layout := map[int]string{4: "2006", 7: "2006-01", 10: time.DateOnly}[len(text)]
	if text == "" {
		return PartialDate{}, nil
	}
	t, err := time.Parse(layout, text)
	if layout == "" || err != nil || text[0] == '0' {
		return PartialDate{}, &InvalidError{Kind: "date", Value: text}
	}
	d := PartialDate{Year: t.Year()}
	if len(text) >= 7 {
		d.Month = t.Month()
	}
	if len(text) == 10 {
		d.Day = t.Day()
	}
	return d, nil
}

// Precision says which parts of d are known.
func (d PartialDate) Precision() Precision {
	switch {
	case d.Year == 0:
		return PrecisionUnknown
	case d.Month == 0:
		return PrecisionYear
	case d.Day == 0:
		return PrecisionMonth
	}
	return PrecisionDay
}

// First is the first day that d may mean, in UTC; the zero time where d is unknown.
func (d PartialDate) First() time.Time {
	switch d.Precision() {
	case PrecisionUnknown:
		return time.Time{}
	case PrecisionYear:
		return time.Date(d.Year, time.January, 1, 0, 0, 0, 0, time.UTC)
	case PrecisionMonth:
		return time.Date(d.Year, d.Month, 1, 0, 0, 0, 0, time.UTC)
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// Last is the last day that d may mean, in UTC; the zero time where d is unknown.
func (d PartialDate) Last() time.Time {
	switch d.Precision() {
	case PrecisionYear:
		return time.Date(d.Year, time.December, 31, 0, 0, 0, 0, time.UTC)
	case PrecisionMonth:
		return time.Date(d.Year, d.Month+1, 0, 0, 0, 0, 0, time.UTC)
	}
	return d.First()
}

// String is d as the record writes it: "2012-06-13", "2012-06", "2012", or "" where unknown.
func (d PartialDate) String() string {
	switch d.Precision() {
	case PrecisionUnknown:
		return ""
	case PrecisionYear:
		return fmt.Sprintf("%04d", d.Year)
	case PrecisionMonth:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText writes d as String does, so that JSON carries the precision its source had.
func (d PartialDate) MarshalText() ([]byte, error) { return []byte(d.String()), nil }
