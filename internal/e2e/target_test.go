package e2e

import (
	"encoding/json"
	"strings"
	"testing"

	"yardstick/dashboards/api"
)

// The desk proposes as many areas as it is asked for, with reasons, in words and as JSON, and refuses what it cannot
// read.
func TestTarget(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs the program")
	}
	home := homeWithRelease(t)
	code, out, errOut := told(t, "target", "--home", home, "--places", "3", "--weights", "first_time_entrants=5")
	if code != 0 || errOut != "" || !strings.Contains(out, "first_time_entrants=5") ||
		strings.Count(out, "concern") != 2 ||
		strings.Count(out, "strong  ") != 1 {
		t.Fatalf("exit %d, output %q, errors %q", code, out, errOut)
	}
	code, out, errOut = told(t, "target", "--home", home, "--places", "3", "--weights", "first_time_entrants=5",
		"--json")
	var desk api.Desk
	if err := json.Unmarshal([]byte(out), &desk); code != 0 || err != nil {
		t.Fatalf("exit %d, %v, errors %q", code, err, errOut)
	}
	if desk.Places != 3 || desk.Strong != 1 || desk.AsOf != nil || desk.Weights["first_time_entrants"] != 5 ||
		len(desk.Chosen) != 3 ||
		len(desk.Areas) < 150 {
		t.Errorf("%d places, %d strong, as of %v, weights %v, %d chosen of %d", desk.Places, desk.Strong, desk.AsOf,
			desk.Weights, len(desk.Chosen), len(desk.Areas))
	}
	for _, a := range desk.Chosen {
		if a.Role == nil || a.Rank == nil || a.RankInterval == nil || a.RankInterval[0] > *a.Rank ||
			*a.Rank > a.RankInterval[1] ||
			a.Probability == nil ||
			len(a.Reasons) == 0 {
			t.Errorf("%+v", a)
		}
	}
	code, out, errOut = told(t, "target", "--home", home, "--backtest", "--json")
	var tested api.Backtest
	if err := json.Unmarshal([]byte(out), &tested); code != 0 || err != nil || tested.From != "2018-01-01" ||
		tested.Desk.Interval == nil ||
		len(tested.Criteria) < 4 {
		t.Fatalf("exit %d, %v, errors %q, %+v", code, err, errOut, tested)
	}
	if code, out, errOut = told(t, "target", "--home", home, "--backtest"); code != 0 ||
		!strings.Contains(out, "chance") ||
		!strings.Contains(out, "first_time_entrants") {
		t.Errorf("exit %d, output %q, errors %q", code, out, errOut)
	}
	for _, args := range [][]string{{"--places", "0"}, {"--places", "many"}, {"--strong", "13"},
		{"--weights", "weather=1"}, {"--as-of", "soon"}, {"--exclude", "-1"}} {
		if code, _, errOut := told(t, append([]string{"target", "--home", home}, args...)...); code != 2 ||
			!strings.Contains(errOut, "is not a valid") {
			t.Errorf("%v: exit %d, errors %q", args, code, errOut)
		}
	}
}
