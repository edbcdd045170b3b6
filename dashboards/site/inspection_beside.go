package site

import (
	"math"

	"yardstick/analytics"
)

// beside sets results among those of the other areas, and says what the areas without a result do to that.
func (p *inspectionView) beside(
	req *Request,
	i analytics.Inspection,
	results []analytics.Result,
	then bool,
) (err error) {
	if p.Around, err = positionTable(req, "around", i, results, then); err != nil {
		return err
	}
	for _, r := range results {
		m, err := req.snapshot.Measure(i.Programme, r.Measure)
		if err != nil || m.Kind != analytics.KindHeadline && m.Kind != analytics.KindOverall {
			continue
		}
		biases, err := req.snapshot.Biases(i.Programme, r.Measure)
		if err != nil {
			return err
		}
		text := biasText(req, i, r, biases)
		if text == "" {
			text = missingText(req, i, r, then, biases)
		}
		if text != "" {
			p.Missing = append(p.Missing, text)
		}
	}
	return nil
}

// biasText says how far the average of the areas we have lies from the one that an inspection's notice printed of all
// that had been inspected; empty where it printed none.
func biasText(req *Request, i analytics.Inspection, r analytics.Result, biases []analytics.Bias) string {
	w := req.words
	for _, bias := range biases {
		if bias.Inspection != i.ID {
			continue
		}
		key := "missing.same"
		switch {
		case bias.Points <= -analytics.PrintRounding:
			key = "missing.below"
		case bias.Points >= analytics.PrintRounding:
			key = "missing.above"
		}
		b := bias.Computed
		return w.Say(key, "Measure", w.Measure(i.Programme, r.Measure), "Covers", w.NofN(b.N, b.Of),
			"Computed", w.Percent(b.Summary.Average), "Printed", w.Percent(bias.Printed),
			"Points", w.Number(math.Abs(bias.Points), 1))
	}
	return ""
}

// missingText says within what the average or the share of all other areas lies, whatever those have that have no
// result, and within what if they are missing at random; empty where none is missing.
func missingText(req *Request, i analytics.Inspection, r analytics.Result, then bool, biases []analytics.Bias) string {
	w := req.words
	b, ok := w.OtherAreas(i, r, then)
	if !ok || r.Censored != "" {
		return ""
	}
	measure, covers := w.Measure(i.Programme, r.Measure), w.NofN(b.N, b.Of)
	var text string
	if whole := req.snapshot.Whole(b); whole != nil && whole.Bounds != nil {
		text = w.Say("missing.average", "Measure", measure, "Covers", covers, "Average", w.Percent(b.Summary.Average),
			"Bounds", w.Bounds(whole.Bounds))
		if whole.Interval != nil {
			text += " " + w.Say("missing.random", "Interval", w.Interval(whole.Interval))
		}
	} else if share := req.snapshot.GoodShare(b); share != nil && share.Bounds != nil {
		text = w.Say("missing.share", "Measure", measure, "Covers", covers, "Good", share.Count, "Words", w.Good(b.Scale),
			"Percent", w.Number(share.Percent, 0)+"%", "Bounds", w.Bounds(share.Bounds))
		if p, err := req.snapshot.Programme(i.Programme); err == nil && p.Sampling == analytics.SamplingCensus {
			text += " " + w.Say("missing.random", "Interval", w.Interval(&share.Interval))
		}
	}
	if text == "" || len(biases) == 0 {
		return text
	}
	farthest := 0.0
	for _, bias := range biases {
		farthest = max(farthest, math.Abs(bias.Points))
	}
	return text + " " + w.Say("missing.biased", "Points", w.Number(farthest, 1))
}
