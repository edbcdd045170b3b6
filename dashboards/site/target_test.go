package site

import (
	"strings"
	"testing"
)

// The page names no service as a proposal before a reader has set the assumptions, and then gives each one reasons.
// Its first line says what the back-test allows to say.
func TestTargetNamesNobodyBeforeItIsAsked(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds, of which a short run has few")
	}
	unset, set := viewAt[targetView](t, "/target"), viewAt[targetView](t, "/target?places=4")
	if len(unset.Chosen) > 0 || unset.All != nil || unset.Figure != nil || unset.Proposal != "" ||
		unset.Apart == nil {
		t.Errorf("without assumptions the page proposes %d areas: %q", len(unset.Chosen), unset.Proposal)
	}
	if len(set.Chosen) != 4 || set.All == nil || set.Figure == nil || len(set.Figure.Table.Rows) != 4 {
		t.Errorf("with assumptions it proposes %d areas", len(set.Chosen))
	}
	for _, v := range []targetView{unset, set} {
		if !strings.Contains(v.Finding, "no better than chance") || len(v.Backtest.Rows) < 5 ||
			len(v.Calibration.Rows) != 4 {
			t.Errorf("it begins with %q; %d rows say how it does", v.Finding, len(v.Backtest.Rows))
		}
	}
	for _, c := range set.Chosen {
		if len(c.For)+len(c.Against)+len(c.Unknown) == 0 || c.Last == nil || c.Reason == "" {
			t.Errorf("%+v", c)
		}
		if m := c.Ranks; m.From < 0 || m.From > m.Middle || m.Middle > m.From+m.Width || m.From+m.Width > 101 {
			t.Errorf("%s: its rank is drawn at %+v", c.Area.Text, m)
		}
	}
	if len(set.Next) != nextBelow || !set.Next[0].Out {
		t.Errorf("below the line: %+v", set.Next)
	}
}

// The days before the two selections of 2016 whose reports gave reasons show each reason with what the record could
// say of it.
func TestReplayBesideReasons(t *testing.T) {
	v := viewAt[targetView](t, "/target?as_of=2015-12-31")
	text := strings.Join(v.Replay, "\n")
	for _, want := range []string{"Leicester City", "Lewisham", "looked-after children", "custodial sentence",
		"We have no such figure"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}
