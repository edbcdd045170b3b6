package readertest

import "yardstick/analytics"

// wantObservations come by the position of their indicator: reoffending first, though its file sorts after the other's.
func wantObservations() []analytics.Observation {
	return []analytics.Observation{
		{Indicator: "reoffending_rate_percent", Unit: "percent", Place: "alderbrook", Level: analytics.LevelArea, GSS: "X00000003",
			Start: *day(2015, 4, 1), End: *day(2016, 3, 31), Period: "year ending March 2016", Value: 40,
			Lower: new(30.0), Upper: new(50.0), Numerator: new(40.0), Denominator: new(100.0), Basis: "new", Sources: reports},
		{Indicator: "reoffending_rate_percent", Unit: "percent", Place: "alderbrook", Level: analytics.LevelArea, GSS: "X00000003",
			Start: *day(2014, 10, 1), End: *day(2015, 9, 30), Period: "October 2014 to September 2015", Value: 36, Basis: "old", Sources: reports},
		{Indicator: "population_10_17", Unit: "count", Place: "north", Level: analytics.LevelRegion,
			Start: *day(2015, 6, 30), End: *day(2015, 6, 30), Period: "mid-2015", Value: 40000, Sources: reports},
	}
}
