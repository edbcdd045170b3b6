package release

import (
	"errors"
	"testing"

	"yardstick/analytics"
	"yardstick/data/finding"
)

// A record within the limits is built; one row more is refused with the number and the limit.
func TestWithinLimits(t *testing.T) {
	most := map[string]int64{"observation": analytics.MostObservations, "result_row": analytics.MostResults}
	if err := withinLimits(most); err != nil {
		t.Error(err)
	}
	most["observation"]++
	most["result_row"]++
	var refused *finding.Error
	if err := withinLimits(most); !errors.As(err, &refused) || len(refused.Findings) != 2 ||
		refused.Findings[0].Rule != "rows_limit" || refused.Findings[1].File != "results" {
		t.Errorf("%v", err)
	}
}
