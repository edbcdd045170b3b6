package stats_test

import (
	"pgregory.net/rapid"

	"yardstick/analytics/stats"
)

func counted(from int, samples ...stats.Sample) []stats.CountedYear {
	var years []stats.CountedYear
	for i, s := range samples {
		years = append(years, stats.CountedYear{Period: stats.Period{Year: from + i}, Sample: s})
	}
	return years
}

func plain(from int, values ...float64) []stats.PlainYear {
	var years []stats.PlainYear
	for i, v := range values {
		years = append(years, stats.PlainYear{Period: stats.Period{Year: from + i}, Value: v})
	}
	return years
}

func mustEstimate(t rapid.TB, x, n float64) stats.Estimate {
	t.Helper()
	e, err := stats.ProportionEstimate(x, n)
	if err != nil {
		t.Fatal(err)
	}
	return e
}
