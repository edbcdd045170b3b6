package view

import (
	"strconv"

	"yardstick/analytics"
	"yardstick/analytics/stats"
	"yardstick/analytics/target"
)

// Criterion names a criterion of the targeting desk.
func (w *Words) Criterion(c target.Criterion) string { return w.Say("criterion." + string(c)) }

// TargetReason puts words to a reason of the targeting desk.
func (w *Words) TargetReason(r target.Reason) string {
	criterion := w.Criterion(r.Criterion)
	switch r.Code {
	case target.ReasonAbsent:
		return w.Say("target.absent."+string(r.Absent), "Criterion", criterion)
	case target.ReasonYearsAbove:
		return w.Say("target.reason."+string(r.Code), "Criterion", criterion, "Count", r.Count)
	}
	return w.Say("target.reason."+string(r.Code), "Criterion", criterion)
}

// TargetReasons are an area's reasons in words, those that only say what is not published last and apart.
func (w *Words) TargetReasons(s target.Standing) (reasons, absent []string) {
	for _, r := range s.Reasons {
		if r.Code == target.ReasonAbsent {
			absent = append(absent, w.TargetReason(r))
		} else {
			reasons = append(reasons, w.TargetReason(r))
		}
	}
	return reasons, absent
}

// TargetInput is an area's figure on a criterion, with its interval and period; or words for why there is none.
func (w *Words) TargetInput(in target.Input) Cell {
	f := in.Figure
	if f == nil {
		return Cell{Text: w.Say("target.no_figure"), Small: w.Say("target.absence." + string(in.Absent))}
	}
	switch in.Criterion {
	case target.LastResult:
		return Text(w.Say("target.worse_share", "Share", w.Number(100*f.Value, 0)))
	case target.Reoffending, target.ReoffendingYounger:
		return w.PercentCell(f.Value).Under(w.targetDetail(f, "%"))
	}
	return w.NumberCell(f.Value, 1).Under(w.targetDetail(f, ""))
}

func (w *Words) targetDetail(f *target.Figure, suffix string) string {
	period := w.Date(analytics.DateOf(f.End))
	if f.Interval == nil {
		return period
	}
	return w.Say("target.detail", "Period", period, "Lower", w.bound(*f.Interval, true)+suffix, "Upper", w.bound(*f.Interval, false)+suffix)
}

func (w *Words) bound(i stats.Interval, lower bool) string {
	if lower {
		return w.Number(i.Lower, 0)
	}
	return w.Number(i.Upper, 0)
}

// Rank is a rank with the interval that holds it: "3 (1 to 36)".
func (w *Words) Rank(s target.Standing) string {
	return w.Say("target.rank", "Rank", strconv.Itoa(s.Rank), "Lower", strconv.Itoa(s.Lower), "Upper", strconv.Itoa(s.Upper))
}
