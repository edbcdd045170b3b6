package api

import (
	"slices"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/stats"
	"yardstick/dashboards/export"
)

// Statistic is a published statistic over a group of areas in a period. average counts each area once; published is
// the group's own figure, null where its source gives none. n areas have a figure of their own ground, of the `of` in
// the group.
type Statistic struct {
	Indicator    string   `json:"indicator"`
	Unit         string   `json:"unit"`
	Basis        *string  `json:"basis"`
	Start        string   `json:"start" date:"partial"`
	End          string   `json:"end" date:"partial"`
	Group        string   `json:"group"`
	Name         string   `json:"name"`
	Without      *string  `json:"without"`
	Lowest       float64  `json:"lowest"`
	LowestAreas  []string `json:"lowest_areas"`
	Highest      float64  `json:"highest"`
	HighestAreas []string `json:"highest_areas"`
	Average      float64  `json:"average"`
	Median       float64  `json:"median"`
	Q1           float64  `json:"q1"`
	Q3           float64  `json:"q3"`
	Published    *float64 `json:"published"`
	N            int      `json:"n"`
	Of           int      `json:"of"`
	Sources      []string `json:"sources"`
}

func statistics(r Request) (answer, error) {
	st, err := statisticParam(r)
	if err != nil {
		return answer{}, err
	}
	q, err := groupParams(r)
	if err != nil {
		return answer{}, err
	}
	groups, err := r.Snapshot.StatisticBy(st, q)
	if err != nil {
		return answer{}, err
	}
	var sources []string
	data := []Statistic{}
	for _, g := range groups {
		m := g.Summary
		one := Statistic{
			Indicator:    st.Indicator.ID,
			Unit:         st.Indicator.Unit,
			Basis:        some(st.Basis),
			Start:        st.Start.Format(time.DateOnly),
			End:          st.End.Format(time.DateOnly),
			Group:        string(g.Group),
			Name:         groupName(r.Snapshot, g.Group, g.Name),
			Without:      some(g.Without),
			Lowest:       m.Lowest,
			LowestAreas:  m.LowestAreas,
			Highest:      m.Highest,
			HighestAreas: m.HighestAreas,
			Average:      m.Average,
			Median:       m.Median,
			Q1:           m.Q1,
			Q3:           m.Q3,
			N:            m.N,
			Of:           g.Of,
		}
		if g.Published != nil {
			one.Published = &g.Published.Value
			one.Sources = gather(one.Sources, g.Published.Sources...)
		}
		for _, member := range g.Members {
			one.Sources = gather(one.Sources, member.Sources...)
		}
		sources = gather(sources, one.Sources...)
		data = append(data, one)
	}
	return answer{data: data, table: tableOf(data), sources: sources}, nil
}

// statisticParam is the statistic and period asked for; the newest period without one.
func statisticParam(r Request) (analytics.Statistic, error) {
	if err := r.required("indicator"); err != nil {
		return analytics.Statistic{}, err
	}
	id := r.Query.Get("indicator")
	periods, err := r.Snapshot.Statistics(id)
	if err != nil {
		return analytics.Statistic{}, err
	}
	if len(periods) == 0 {
		return analytics.Statistic{}, &analytics.InvalidError{Field: "indicator", Kind: "indicator_of_areas",
			Value: clip(id)}
	}
	text := r.Query.Get("period")
	for _, st := range periods {
		if text == "" || st.End.Format(time.DateOnly) == text {
			return st, r.Snapshot.ReadMembers(&st)
		}
	}
	return analytics.Statistic{}, &analytics.InvalidError{Field: "period", Kind: "period", Value: clip(text)}
}

// FunnelAnswer is areas' shares round the share of all of them together, in percent. limits says which limits to
// read: adjusted ones where areas vary more than chance explains, of which phi and tau_squared say how much, else
// those of chance alone. Without five areas whose counts are known there is no funnel: target and the rest are null
// and areas is empty. unknown counts the areas with a figure and no counts; approximate counts those whose count is a
// rate times a population.
type FunnelAnswer struct {
	Target      *float64     `json:"target"`
	Phi         *float64     `json:"phi"`
	TauSquared  *float64     `json:"tau_squared"`
	Limits      *string      `json:"limits"`
	Unknown     int          `json:"unknown"`
	Approximate int          `json:"approximate"`
	Areas       []FunnelArea `json:"areas"`
}

// FunnelArea is one area's share in percent with its 95% interval and how that was made, both pairs of limits for its
// number, where it lies by each, and the ranks it may have: 1 is the highest share.
type FunnelArea struct {
	Area        string     `json:"area"`
	Numerator   float64    `json:"numerator"`
	Cases       float64    `json:"cases"`
	Approximate bool       `json:"approximate"`
	Percent     float64    `json:"percent"`
	Interval    [2]float64 `json:"interval"`
	Kind        string     `json:"interval_kind"`
	Limits95    [2]float64 `json:"limits_95"`
	Limits998   [2]float64 `json:"limits_99_8"`
	Place       string     `json:"place"`
	Adjusted95  [2]float64 `json:"adjusted_limits_95"`
	Adjusted998 [2]float64 `json:"adjusted_limits_99_8"`
	Adjusted    string     `json:"adjusted_place"`
	Ranks       [2]int     `json:"ranks"`
}

func funnel(r Request) (answer, error) {
	shares, unknown, sources, err := sharesParam(r)
	if err != nil {
		return answer{}, err
	}
	a := answer{sources: sources, table: export.Table{Columns: slices.Concat(
		export.Columns(export.Text, "area"),
		export.Columns(export.Number, "numerator", "cases", "percent", "lower", "upper", "limit_95_lower",
			"limit_95_upper", "limit_99_8_lower", "limit_99_8_upper"),
		export.Columns(export.Text, "place", "adjusted_place"),
		export.Columns(export.Integer, "rank_from", "rank_to"),
		export.Columns(export.Number, "adjusted_limit_95_lower", "adjusted_limit_95_upper",
			"adjusted_limit_99_8_lower", "adjusted_limit_99_8_upper"),
		export.Columns(export.Text, "interval_kind"),
		export.Columns(export.Boolean, "approximate"),
	)}}
	data := FunnelAnswer{Unknown: unknown, Areas: []FunnelArea{}}
	f, err := analytics.FunnelOf(shares)
	if err != nil { // too few areas
		a.data = data
		return a, nil
	}
	ranked, err := analytics.RanksOf(shares)
	if err != nil {
		return answer{}, err
	}
	data.Target, data.Phi, data.TauSquared = new(100*f.Target), &f.Overdispersion.Phi, &f.Overdispersion.TauSquared
	data.Limits = some(map[bool]string{true: "adjusted", false: "chance"}[f.Overdispersed()])
	for n, p := range f.Points {
		one, err := funnelArea(f, p, ranked[n])
		if err != nil {
			return answer{}, err
		}
		if one.Approximate {
			data.Approximate++
		}
		data.Areas = append(data.Areas, one)
		a.row(one.Area, one.Numerator, one.Cases, one.Percent, one.Interval[0], one.Interval[1], one.Limits95[0],
			one.Limits95[1], one.Limits998[0], one.Limits998[1], one.Place, one.Adjusted, one.Ranks[0], one.Ranks[1],
			one.Adjusted95[0], one.Adjusted95[1], one.Adjusted998[0], one.Adjusted998[1], one.Kind, one.Approximate)
	}
	a.data = data
	return a, nil
}

func funnelArea(f analytics.Funnel, p analytics.FunnelPoint, ranked analytics.RankedArea) (FunnelArea, error) {
	plain, err := f.Limits(p.Cases, false)
	if err != nil {
		return FunnelArea{}, err
	}
	adjusted, err := f.Limits(p.Cases, true)
	if err != nil {
		return FunnelArea{}, err
	}
	percent := func(i stats.Interval) [2]float64 { return [2]float64{100 * i.Lower, 100 * i.Upper} }
	return FunnelArea{Area: p.Area, Numerator: p.Successes, Cases: p.Cases, Approximate: p.Approximate,
		Percent:  100 * p.Proportion(),
		Interval: percent(ranked.Interval), Kind: string(ranked.Kind),
		Limits95: percent(plain.At95), Limits998: percent(plain.At998), Place: string(p.Place),
		Adjusted95: percent(adjusted.At95), Adjusted998: percent(adjusted.At998), Adjusted: string(p.Adjusted),
		Ranks: [2]int{ranked.Rank.Lower, ranked.Rank.Upper}}, nil
}

// sharesParam are the shares of the measure or the statistic asked for, with how many areas have a figure without
// counts.
func sharesParam(r Request) (shares []analytics.AreaShare, unknown int, sources []string, err error) {
	if r.Query.Get("indicator") != "" {
		for _, name := range []string{"programme", "measure", "as_of"} {
			if r.Query.Get(name) != "" {
				return nil, 0, nil, &analytics.InvalidError{Field: name, Kind: "without_indicator"}
			}
		}
		st, err := statisticParam(r)
		if err != nil {
			return nil, 0, nil, err
		}
		for _, m := range st.Members {
			sources = gather(sources, m.Sources...)
		}
		shares, unknown = st.Shares()
		return shares, unknown, sources, nil
	}
	if err := r.required("programme", "measure"); err != nil {
		return nil, 0, nil, err
	}
	q := analytics.BenchmarkQuery{Programme: r.Query.Get("programme"), Measure: r.Query.Get("measure"),
		Group: analytics.GroupAll}
	if q.AsOf, err = asOfParam(r); err != nil {
		return nil, 0, nil, err
	}
	found, err := r.Snapshot.Benchmarks(q)
	for _, b := range found {
		known, without := r.Snapshot.Shares(b)
		shares, unknown = append(shares, known...), unknown+without
		for _, m := range b.Members {
			_, result := r.Snapshot.ResultOf(b, m)
			sources = gather(sources, result.Sources...)
		}
	}
	return shares, unknown, sources, err
}
