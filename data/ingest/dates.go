package ingest

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"yardstick/analytics"
)

var (
	isoDate  = regexp.MustCompile(`^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$`)
	ukDate   = regexp.MustCompile(`^([0-9]{2})/([0-9]{2})/([0-9]{4})$`)
	twoDigit = regexp.MustCompile(`^[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}$`)
)

const dateFix = "write it as 2012-06-13, or 2012-06 or 2012 where the source says no more"

// date reads a date as precise as its source: ISO, or day first with slashes where that can mean one thing only.
func (r *row) date(column string) analytics.PartialDate {
	c := r.cell(column)
	if c.text == "" || !r.dated(column) {
		return analytics.PartialDate{}
	}
	year, month, day := 0, 0, 0
	if m := isoDate.FindStringSubmatch(c.text); m != nil {
		year, month, day = number(m[1]), number(m[2]), number(m[3])
		if m[2] == "00" || m[3] == "00" {
			r.found(column, "date_impossible", "has a month or day 00, which does not exist",
				"leave out the part that is not known: 2012-06 or 2012")
			return analytics.PartialDate{}
		}
	} else if m := ukDate.FindStringSubmatch(c.text); m != nil {
		day, month, year = number(m[1]), number(m[2]), number(m[3])
		if day >= 1 && day <= 12 && month >= 1 && month <= 12 && day != month {
			iso := fmt.Sprintf("%04d-%02d-%02d or %04d-%02d-%02d", year, day, month, year, month, day)
			r.found(column, "date_ambiguous", "may be two dates", "ambiguous: write "+iso)
			return analytics.PartialDate{}
		}
		if day == 0 || month == 0 {
			r.found(column, "date_impossible", "has a month or day 00, which does not exist", dateFix)
			return analytics.PartialDate{}
		}
	} else {
		problem := "is not a date of the import format"
		if twoDigit.MatchString(c.text) {
			problem = "has a year of two digits"
		}
		r.found(column, "date", problem, dateFix)
		return analytics.PartialDate{}
	}
	return r.exists(column, analytics.PartialDate{Year: year, Month: time.Month(month), Day: day})
}

// day reads a date that must be a whole one.
func (r *row) day(column string) analytics.PartialDate {
	d := r.date(column)
	if p := d.Precision(); p == analytics.PrecisionYear || p == analytics.PrecisionMonth {
		r.found(column, "date_precision", "has no day", "write the whole date: 2012-06-13")
		return analytics.PartialDate{}
	}
	return d
}

// exists finds dates that no calendar has, or that no inspection can have.
func (r *row) exists(column string, d analytics.PartialDate) analytics.PartialDate {
	problem := ""
	switch {
	case d.Month > time.December:
		problem = fmt.Sprintf("has a month %d, which does not exist", d.Month)
	case d.Day > 0 && d.Day > time.Date(d.Year, d.Month+1, 0, 0, 0, 0, 0, time.UTC).Day():
		problem = fmt.Sprintf("is impossible: %d %s %d does not exist", d.Day, d.Month, d.Year)
	case d.Year < oldestYear || d.Year > latestYear:
		r.found(column, "date_range", fmt.Sprintf("is not between %d and %d", oldestYear, latestYear),
			"correct the year")
		return analytics.PartialDate{}
	default:
		return d
	}
	r.found(column, "date_impossible", problem, dateFix+"; the day stands before the month with slashes")
	return analytics.PartialDate{}
}

// dated finds cells of a workbook that a date cannot be read from as it is shown.
func (r *row) dated(column string) bool {
	switch r.cell(column).kind {
	case kindNoYear:
		r.found(column, "date", "is shown without its year, which the spreadsheet program made up",
			"format the cell as Text and write the date as 2012-06-13")
	case kindTime:
		r.found(column, "date", "is a time of day", "format the cell as Text and write the date as 2012-06-13")
	case kindISODate:
		r.found(column, "date", "is of a type that this import does not read",
			"format the cell as Text and write the date as 2012-06-13")
	case kindDay, kindMonth, kindYear:
		return true
	default:
		return r.plain(column)
	}
	return false
}

// number reads digits that a grammar let through; blank is 0.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
