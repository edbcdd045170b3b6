package fake

import (
	"cmp"
	"slices"

	"yardstick/analytics"
)

func programmes(l *loader, results []resultRow) []analytics.Programme {
	type placed struct {
		programme analytics.Programme
		position  int
	}
	var all []placed
	for _, r := range l.rows("reference/programmes.csv") {
		p := analytics.Programme{
			ID: r.text("programme"), Starts: r.date("starts"), Ends: r.date("ends"),
			Sampling: analytics.Sampling(r.text("sampling")), ExpectedAreas: r.count("expected_areas"),
			Status: analytics.Status(r.text("status")),
		}
		inspections := make(map[string]bool)
		for _, result := range results {
			if result.programme == p.ID {
				p.Results++
				inspections[result.inspection] = true
			}
		}
		p.Inspections = len(inspections)
		all = append(all, placed{p, r.count("position")})
	}
	slices.SortFunc(all, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.position, b.position), cmp.Compare(a.programme.ID, b.programme.ID))
	})
	var out []analytics.Programme
	for _, p := range all {
		out = append(out, p.programme)
	}
	return out
}

func scales(l *loader) []analytics.Scale {
	var out []analytics.Scale
	levels := l.rows("reference/levels.csv")
	for _, r := range l.rows("reference/scales.csv") {
		s := analytics.Scale{
			ID: r.text("scale"), Kind: analytics.ScaleKind(r.text("kind")), Unit: analytics.Unit(r.text("unit")),
			Status: analytics.Status(r.text("status")),
		}
		for _, level := range levels {
			if level.text("scale") == s.ID {
				s.Levels = append(s.Levels, analytics.Level{
					ID: level.text("level"), Position: level.count("position"), Points: level.whole("points"),
					GoodOrBetter: level.is("good_or_better"), Status: analytics.Status(level.text("status")),
				})
			}
		}
		slices.SortFunc(s.Levels, func(a, b analytics.Level) int { return cmp.Compare(a.Position, b.Position) })
		out = append(out, s)
	}
	return out
}

func bands(l *loader) []analytics.Band {
	var out []analytics.Band
	for _, r := range l.rows("reference/bands.csv") {
		b := analytics.Band{
			Programme: r.text("programme"), Measure: r.text("measure"), Unit: analytics.Unit(r.text("unit")),
			Word: r.text("word"), Status: analytics.Status(r.text("status")),
		}
		if lower := r.number("lower"); lower != nil {
			b.Lower = *lower
		}
		if upper := r.number("upper"); upper != nil {
			b.Upper = *upper
		}
		out = append(out, b)
	}
	slices.SortFunc(out, func(a, b analytics.Band) int {
		return cmp.Or(cmp.Compare(a.Programme, b.Programme), cmp.Compare(a.Measure, b.Measure),
			cmp.Compare(a.Lower, b.Lower), cmp.Compare(a.Word, b.Word))
	})
	return out
}

// measures come in the order of their programmes, then their own, then by id.
func measures(l *loader, programmes []analytics.Programme) []analytics.Measure {
	crosswalk := l.rows("reference/crosswalk.csv")
	rows := l.rows("reference/measures.csv")
	slices.SortStableFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.count("position"), b.count("position")), cmp.Compare(a.text("measure"), b.text("measure")))
	})
	var out []analytics.Measure
	for _, p := range programmes {
		for _, r := range rows {
			if r.text("programme") != p.ID {
				continue
			}
			m := analytics.Measure{
				Programme: p.ID, ID: r.text("measure"), Kind: analytics.MeasureKind(r.text("kind")),
				Parent: r.text("parent"), Counts: r.flag("counts"), Status: analytics.Status(r.text("status")),
				ShareOf: analytics.ShareOf(r.text("share_of")), JudgedIn: analytics.JudgedIn(r.text("judged_in")),
			}
			for _, c := range crosswalk {
				if c.text("programme") == m.Programme && c.text("measure") == m.ID {
					m.Theme, m.Primary = c.text("theme"), c.is("primary")
				}
			}
			out = append(out, m)
		}
	}
	return out
}

func themes(l *loader) []string {
	rows := l.rows("reference/themes.csv")
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.count("position"), b.count("position")), cmp.Compare(a.text("theme"), b.text("theme")))
	})
	var out []string
	for _, r := range rows {
		out = append(out, r.text("theme"))
	}
	return out
}

func cautions(l *loader) []analytics.Caution {
	var out []analytics.Caution
	for _, r := range l.rows("reference/cautions.csv") {
		out = append(out, analytics.Caution{
			Programme: r.text("programme"), Other: r.text("other"), ID: r.text("caution"),
			Status: analytics.Status(r.text("status")),
		})
	}
	return out
}

func readings(l *loader, results []resultRow) []analytics.Reading {
	var out []analytics.Reading
	for _, r := range l.rows("reference/readings.csv") {
		id, programme, measure := r.text("reading"), r.text("programme"), r.text("measure")
		at := slices.IndexFunc(out, func(x analytics.Reading) bool { return x.ID == id && x.Programme == programme })
		if at < 0 {
			at = len(out)
			out = append(out, analytics.Reading{ID: id, Programme: programme, Confidence: analytics.Confidence(r.text("confidence")),
				Why: r.text("why"), Status: analytics.Status(r.text("status"))})
		}
		out[at].Measures = append(out[at].Measures, measure)
		for _, level := range r.list("levels") {
			if !slices.Contains(out[at].Levels, level) {
				out[at].Levels = append(out[at].Levels, level)
			}
		}
		if slices.ContainsFunc(results, func(x resultRow) bool {
			return x.programme == programme && x.text("measure") == measure && x.text("confidence") == string(out[at].Confidence)
		}) {
			out[at].Censors = append(out[at].Censors, measure)
		}
	}
	for n := range out {
		slices.Sort(out[n].Levels)
	}
	slices.SortFunc(out, func(a, b analytics.Reading) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Programme, b.Programme))
	})
	return out
}

func indicatorKinds(l *loader) []analytics.Indicator {
	rows := l.rows("reference/indicators.csv")
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.count("position"), b.count("position")) })
	var out []analytics.Indicator
	for _, r := range rows {
		out = append(out, analytics.Indicator{ID: r.text("indicator"), Unit: r.text("unit"), Better: analytics.Polarity(r.text("better")),
			Counts: analytics.Counted(r.text("counts")), Denominator: r.text("denominator")})
	}
	return out
}

func sources(l *loader) []analytics.Source {
	var out []analytics.Source
	for _, r := range l.rows("SOURCES.csv") {
		out = append(out, analytics.Source{
			ID: r.text("source"), Title: r.text("title"), URL: r.text("url"), Detail: r.text("detail"),
			OriginalURL: r.text("original_url"), Licence: r.text("licence"),
		})
	}
	slices.SortFunc(out, func(a, b analytics.Source) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

func publishers(l *loader) []analytics.Publisher {
	var out []analytics.Publisher
	for _, r := range l.rows("reference/publishers.csv") {
		out = append(out, analytics.Publisher{ID: r.text("publisher"), Name: analytics.Name{EN: r.text("name_en"), CY: r.text("name_cy")}, Site: r.text("site")})
	}
	slices.SortFunc(out, func(a, b analytics.Publisher) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// credit gives every source the publisher that reference/credits.csv names for it, else that of most rows that cite it.
func credit(l *loader, r *Reader) {
	named := make(map[[2]string]string)
	for _, row := range l.rows("reference/credits.csv") {
		named[[2]string{row.text("subject"), row.text("id")}] = row.text("publisher")
	}
	type subject struct{ kind, id string }
	rows := make(map[string]map[subject]int)
	count := func(sources []string, s subject) {
		for _, id := range sources {
			if rows[id] == nil {
				rows[id] = make(map[subject]int)
			}
			rows[id][s]++
		}
	}
	for _, i := range r.inspections {
		for _, result := range i.Results {
			count(result.Sources, subject{"programme", i.Programme})
		}
	}
	for _, o := range r.observed {
		count(o.Sources, subject{"indicator", o.Indicator})
	}
	for n := range r.sources {
		o := &r.sources[n]
		if o.Publisher = named[[2]string{"source", o.ID}]; o.Publisher != "" {
			continue
		}
		most := 0
		for s, n := range rows[o.ID] {
			publisher := named[[2]string{s.kind, s.id}]
			if publisher != "" && (n > most || n == most && publisher < o.Publisher) {
				o.Publisher, most = publisher, n
			}
		}
	}
}
