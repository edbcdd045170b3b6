package browsertest

import "testing"

func TestChartsAreDrawn(t *testing.T) {
	const fewest = 4 // marks of a chart that shows anything: an axis, its lines, a point
	each(t, all, func(t *testing.T, v visit) {
		seen := observed(t, v)
		if v.charts && len(seen.Charts) == 0 {
			t.Errorf("%s has no chart", v.address())
		}
		for _, c := range seen.Charts {
			switch {
			case !c.Painted:
				t.Errorf("%s: chart %s was not painted", v.address(), c.ID)
				continue
			case !c.Drawn:
				t.Errorf("%s: chart %s has no drawing", v.address(), c.ID)
				continue
			}
			if c.Width < 100 || c.Height < 100 {
				t.Errorf("%s: chart %s is %.0f by %.0f", v.address(), c.ID, c.Width, c.Height)
			}
			if c.Shapes < fewest {
				t.Errorf("%s: chart %s shows %d marks, want %d or more", v.address(), c.ID, c.Shapes, fewest)
			}
			if len(c.Labels) == 0 {
				t.Errorf("%s: chart %s has no labels", v.address(), c.ID)
			}
			if c.Label == "" {
				t.Errorf("%s: chart %s has no name for those who do not see it", v.address(), c.ID)
			}
			for _, label := range c.Missing {
				t.Errorf("%s: chart %s leaves out its label %q", v.address(), c.ID, label)
			}
			for _, label := range c.Outside {
				t.Errorf("%s: chart %s cuts its label %q", v.address(), c.ID, label)
			}
			for _, pair := range c.Collisions {
				t.Errorf("%s: chart %s has labels over one another: %s", v.address(), c.ID, pair)
			}
		}
	})
}
