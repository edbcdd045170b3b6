package target

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"yardstick/analytics"
)

// Assumptions are all that somebody chooses at the desk. The same assumptions over the same release give the same
// answer.
type Assumptions struct {
	Programme
	Weights   Weights
	Certainty float64    // of the weights: 0 fixes them, more is the sum of a Dirichlet distribution's parameters
	Exclude   int        // months: areas certainly inspected within so many are left out; 0 leaves none out
	AsOf      *time.Time // nil for all of the record
}

// The limits of assumptions.
const (
	MaxPlaces    = 60
	MaxExclude   = 240 // months
	MaxCertainty = 1000
)

// The names of assumptions in addresses and commands, beside those of the criteria.
const (
	ParamPlaces    = "places"
	ParamStrong    = "strong"
	ParamPerRegion = "per_region"
	ParamExclude   = "exclude" // months
	ParamCertainty = "certainty"
	ParamAsOf      = "as_of"
)

// Params returns the names of all assumptions, in the order that addresses have them.
func Params() []string {
	names := []string{ParamPlaces, ParamStrong, ParamPerRegion, ParamExclude, ParamCertainty, ParamAsOf}
	for _, c := range Criteria() {
		names = append(names, string(c))
	}
	return names
}

// DefaultAssumptions are twelve places, one of them for a strong performer, default weights, and nothing left out.
func DefaultAssumptions() Assumptions {
	return Assumptions{Programme: Programme{Places: 12, Strong: 1}, Weights: DefaultWeights()}
}

// Parse reads assumptions by their names; what is blank is as in DefaultAssumptions. What cannot be read is an
// *analytics.InvalidError that names it.
func Parse(value func(name string) string) (Assumptions, error) {
	a := DefaultAssumptions()
	for _, number := range []struct {
		name  string
		to    *int
		least int
		most  int
	}{
		{ParamPlaces, &a.Places, 1, MaxPlaces}, {ParamStrong, &a.Strong, 0, MaxPlaces},
		{ParamPerRegion, &a.PerRegion, 0, MaxPlaces}, {ParamExclude, &a.Exclude, 0, MaxExclude},
	} {
		text := value(number.name)
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < number.least || n > number.most {
			return a, &analytics.InvalidError{Field: number.name, Kind: "whole_number", Value: text}
		}
		*number.to = n
	}
	if a.Strong > a.Places {
		return a, &analytics.InvalidError{Field: ParamStrong, Kind: "strong", Value: strconv.Itoa(a.Strong)}
	}
	if text := value(ParamCertainty); text != "" {
		certainty, err := strconv.ParseFloat(text, 64)
		if err != nil || !(certainty >= 0 && certainty <= MaxCertainty) {
			return a, &analytics.InvalidError{Field: ParamCertainty, Kind: "certainty", Value: text}
		}
		a.Certainty = certainty
	}
	for _, c := range Criteria() {
		text := value(string(c))
		if text == "" {
			continue
		}
		weight, err := strconv.ParseFloat(text, 64)
		if err != nil || !(weight >= 0 && weight <= MaxWeight) {
			return a, &analytics.InvalidError{Field: string(c), Kind: "weight", Value: text}
		}
		a.Weights[c] = weight
	}
	if a.Weights.total() == 0 {
		return a, &analytics.InvalidError{Field: string(Reoffending), Kind: "weight", Value: "0"}
	}
	date, err := analytics.ParsePartialDate(value(ParamAsOf))
	if err != nil {
		return a, &analytics.InvalidError{Field: ParamAsOf, Kind: "date", Value: value(ParamAsOf)}
	}
	if day := date.Last(); !day.IsZero() {
		a.AsOf = &day
	}
	return a, nil
}

// String returns all that was assumed, for files: places=12;strong=1;…;reoffending=1;…;draws=2000.
func (a Assumptions) String() string {
	day := ""
	if a.AsOf != nil {
		day = a.AsOf.Format(time.DateOnly)
	}
	return fmt.Sprintf("places=%d;strong=%d;per_region=%d;exclude=%d;certainty=%g;as_of=%s;%s;draws=%d", a.Places,
		a.Strong, a.PerRegion, a.Exclude, a.Certainty, day, strings.ReplaceAll(a.Weights.String(), ",", ";"), Draws)
}
