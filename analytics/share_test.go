package analytics_test

import "testing"

// By residents in 2020: Bournemouth, Christchurch and Poole has 396,989 of Dorset's 776,780 people, 51%, so its
// figures do not speak for Dorset. Leicestershire has 713,085 of 753,561 of Leicestershire and Rutland's, 95%, and
// its figures do.
func TestFiguresOfPartOfAnArea(t *testing.T) {
	s := shipped(t)
	const entrants = "fte_rate_per_100k"
	share := 0.0
	for _, series := range s.AreaSeries("dorset", entrants) {
		if series.Place == "bournemouth-christchurch-and-poole" {
			share = series.Share
		}
	}
	if share < 0.51 || share > 0.512 {
		t.Errorf("Bournemouth, Christchurch and Poole has %g of Dorset's people", share)
	}
	rutland := false
	for _, statistic := range statistics(t, s, entrants) {
		for _, m := range statistic.Members {
			switch {
			case m.Area == "dorset" && m.Series.Place != "dorset":
				t.Errorf("%s: Dorset's figure is that of %s", statistic.Period.Period, m.Series.Place)
			case m.Series.Share < 0.9:
				t.Errorf("%s: %s's figure is of %g of its people", statistic.Period.Period, m.Area, m.Series.Share)
			case m.Area == "leicestershire-and-rutland":
				rutland = true
				if m.Series.Share < 0.94 || m.Series.Share > 0.96 {
					t.Errorf("Leicestershire has %g of the people of Leicestershire and Rutland", m.Series.Share)
				}
			}
		}
	}
	if !rutland {
		t.Error("Leicestershire and Rutland has no figure")
	}
}

// Two documents give Birmingham's first-time entrants of 2015: the Department for Education's tool prints 500 per
// 100,000, and 500.5 was derived from a count and a population. The published one is the area's figure.
func TestPublishedBeforeDerived(t *testing.T) {
	s := shipped(t)
	for _, series := range read(t, s, s.AreaSeries("birmingham", "fte_rate_per_100k")) {
		for _, o := range series.Points {
			if o.End.Year() == 2015 && o.Value != 500 {
				t.Errorf("%s: %g, from %v", o.Period, o.Value, o.Sources)
			}
		}
	}
}
