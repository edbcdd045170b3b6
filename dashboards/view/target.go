package view

import (
	"strconv"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/stats"
	"yardstick/analytics/target"
)

// Criterion names a criterion of the targeting desk.
func (w *Words) Criterion(c target.Criterion) string { return w.Say("criterion." + string(c)) }

// TargetReasons are an area's reasons of one kind, in words.
func (w *Words) TargetReasons(s target.Standing, kind target.Kind) []string {
	var out []string
	for _, r := range s.Reasons {
		if r.Kind == kind {
			out = append(out, w.TargetReason(s, r))
		}
	}
	return out
}

// TargetReason is one reason of an area in words.
func (w *Words) TargetReason(s target.Standing, r target.Reason) string {
	criterion := w.Criterion(r.Criterion)
	switch r.Code {
	case target.ReasonAbsent:
		return w.TargetAbsence(r.Criterion, r.Absent)
	case target.ReasonYearsAbove:
		return w.Say("target.reason.years_above", "Criterion", criterion, "Count", r.Count)
	case target.ReasonLater:
		return w.Say("target.reason.later", "Date", w.LastInspected(*s.Last))
	}
	return w.Say("target.reason."+string(r.Code), "Criterion", criterion)
}

// TargetAbsence says why an area has no figure on a criterion.
func (w *Words) TargetAbsence(c target.Criterion, a target.Absence) string {
	return w.Say("target.absent."+string(a), "Criterion", w.Criterion(c))
}

// LastInspected says when an area's last inspection in the record was published: the day, or the bounds of it.
func (w *Words) LastInspected(l target.Last) string {
	if len(l.Candidates) == 1 && l.Candidates[0].Published.Precision() != analytics.PrecisionUnknown {
		return w.Date(l.Candidates[0].Published)
	}
	return w.Say("target.between", "From", w.day(l.Earliest), "To", w.day(l.Latest))
}

func (w *Words) day(t time.Time) string { return w.Date(analytics.DateOf(t)) }

// TargetInput is an area's figure on a criterion, with its period and the interval of the true value; a dash without
// one.
func (w *Words) TargetInput(in target.Input) Cell {
	f := in.Figure
	if f == nil {
		return Text(w.Say("target.dash"))
	}
	switch in.Criterion {
	case target.LastResult:
		return Text(w.Say("target.worse_share", "Share", w.Number(100*f.Value, 0)))
	case target.AgeOfResult:
		return Text(w.Say("target.years", "Years", w.Number(f.Value, 1)))
	case target.Reoffending, target.ReoffendingYounger:
		return w.PercentCell(f.Value).Under(w.targetInterval(in, "%"))
	}
	return w.NumberCell(f.Value, 1).Under(w.targetInterval(in, ""))
}

func (w *Words) targetInterval(in target.Input, suffix string) string {
	year := strconv.Itoa(in.Figure.End.Year())
	if in.Estimate == nil {
		return year
	}
	i := in.Estimate.Interval
	return w.Say("target.detail", "Period", year, "Lower", w.Number(i.Lower, 0)+suffix,
		"Upper", w.Number(i.Upper, 0)+suffix)
}

// Rank is an expected rank with the interval that holds the rank: "14 (3 to 36)".
func (w *Words) Rank(s target.Standing) string {
	return w.Say("target.rank", "Rank", w.Number(s.Expected, 0), "Lower", strconv.Itoa(s.Lower),
		"Upper", strconv.Itoa(s.Upper))
}

// Curve is an area under the curve with its interval: "0.54 (0.42 to 0.66)"; a dash without one.
func (w *Words) Curve(auc float64, interval *stats.Interval) string {
	if interval == nil {
		return w.Say("target.dash")
	}
	return w.Say("target.rank", "Rank", w.Number(auc, 2), "Lower", w.Number(interval.Lower, 2),
		"Upper", w.Number(interval.Upper, 2))
}
