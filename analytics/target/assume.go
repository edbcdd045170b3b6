package target

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"yardstick/analytics"
)

// The names that assumptions go by in addresses and commands, beside those of the criteria.
const (
	ParamPlaces    = "places"
	ParamStrong    = "strong"
	ParamPerRegion = "per_region"
	ParamExclude   = "exclude" // months
	ParamAsOf      = "as_of"
)

// Params are the names of all assumptions, in the order that addresses have them.
func Params() []string {
	names := []string{ParamPlaces, ParamStrong, ParamPerRegion, ParamExclude, ParamAsOf}
	for _, c := range Criteria() {
		names = append(names, string(c))
	}
	return names
}

// seed is the same for everybody, so that the same assumptions are answered alike.
const seed = 1

// Parse reads assumptions by their names; what is blank is as usual: twelve places, one of them for a strong performer,
// default weights, nothing left out. What cannot be read is an *analytics.InvalidError that names it.
func Parse(value func(name string) string) (Assumptions, error) {
	a := Assumptions{Weights: DefaultWeights(), Seed: seed}
	for _, number := range []struct {
		name         string
		to           *int
		usual, least int
		most         int
	}{
		{ParamPlaces, &a.Places, 12, 1, MaxPlaces}, {ParamStrong, &a.Strong, 1, 0, MaxPlaces},
		{ParamPerRegion, &a.PerRegion, 0, 0, MaxPlaces}, {ParamExclude, &a.Exclude, 0, 0, MaxExclude},
	} {
		*number.to = number.usual
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

// String is all that was assumed, for whoever takes the answer away: places=12;strong=1;…;reoffending=3;…;simulations=10000.
func (a Assumptions) String() string {
	day := ""
	if a.AsOf != nil {
		day = a.AsOf.Format(time.DateOnly)
	}
	return fmt.Sprintf("places=%d;strong=%d;per_region=%d;exclude=%d;as_of=%s;%s;simulations=%d", a.Places, a.Strong, a.PerRegion, a.Exclude, day,
		strings.ReplaceAll(a.Weights.String(), ",", ";"), cmp.Or(a.Runs, DefaultRuns))
}
