package duck

import (
	"context"
	"database/sql"

	"yardstick/analytics"
)

// programmes answers queries/answers/Programmes.sql.
func (s *Store) programmes(ctx context.Context) ([]analytics.Programme, error) {
	return answer(ctx, s, "Programmes", func(rows *sql.Rows) (p analytics.Programme, err error) {
		return p, rows.Scan(&p.ID, date{&p.Starts}, date{&p.Ends}, &p.Sampling, number{&p.ExpectedAreas}, &p.Status,
			&p.Results, &p.Inspections)
	})
}

// scales answers queries/answers/Scales.sql, folding its rows into one scale each.
func (s *Store) scales(ctx context.Context) ([]analytics.Scale, error) {
	type row struct {
		scale analytics.Scale
		level analytics.Level
	}
	rows, err := answer(ctx, s, "Scales", func(rows *sql.Rows) (r row, err error) {
		var good sql.NullBool
		err = rows.Scan(&r.scale.ID, &r.scale.Kind, text{(*string)(&r.scale.Unit)}, &r.scale.Status,
			text{&r.level.ID}, number{&r.level.Position}, &r.level.Points, &good,
			text{(*string)(&r.level.Status)})
		r.level.GoodOrBetter = good.Bool
		return r, err
	})
	var scales []analytics.Scale
	for _, r := range rows {
		if len(scales) == 0 || scales[len(scales)-1].ID != r.scale.ID {
			scales = append(scales, r.scale)
		}
		if last := &scales[len(scales)-1]; r.level.ID != "" {
			last.Levels = append(last.Levels, r.level)
		}
	}
	return scales, err
}

// bands answers queries/answers/Bands.sql.
func (s *Store) bands(ctx context.Context) ([]analytics.Band, error) {
	return answer(ctx, s, "Bands", func(rows *sql.Rows) (b analytics.Band, err error) {
		return b, rows.Scan(&b.Programme, text{&b.Measure}, &b.Unit, &b.Lower, &b.Upper, &b.Word, &b.Status)
	})
}

// measures answers queries/answers/Measures.sql.
func (s *Store) measures(ctx context.Context) ([]analytics.Measure, error) {
	return answer(ctx, s, "Measures", func(rows *sql.Rows) (m analytics.Measure, err error) {
		return m, rows.Scan(&m.Programme, &m.ID, &m.Kind, text{&m.Parent}, &m.Counts, &m.Status,
			text{(*string)(&m.ShareOf)}, text{(*string)(&m.JudgedIn)}, text{&m.Theme}, &m.Primary)
	})
}

// themes answers queries/answers/Themes.sql.
func (s *Store) themes(ctx context.Context) ([]string, error) {
	return answer(ctx, s, "Themes", func(rows *sql.Rows) (theme string, err error) {
		return theme, rows.Scan(&theme)
	})
}

// cautions answers queries/answers/Cautions.sql.
func (s *Store) cautions(ctx context.Context) ([]analytics.Caution, error) {
	return answer(ctx, s, "Cautions", func(rows *sql.Rows) (c analytics.Caution, err error) {
		return c, rows.Scan(&c.Programme, &c.Other, &c.ID, &c.Status)
	})
}

// readings answers queries/answers/Readings.sql.
func (s *Store) readings(ctx context.Context) ([]analytics.Reading, error) {
	return answer(ctx, s, "Readings", func(rows *sql.Rows) (r analytics.Reading, err error) {
		return r, rows.Scan(&r.ID, &r.Programme, &r.Confidence, texts{&r.Levels}, &r.Why, &r.Status, texts{&r.Measures},
			texts{&r.Censors})
	})
}

// indicatorKinds answers queries/answers/Indicators.sql.
func (s *Store) indicatorKinds(ctx context.Context) ([]analytics.Indicator, error) {
	return answer(ctx, s, "Indicators", func(rows *sql.Rows) (i analytics.Indicator, err error) {
		return i, rows.Scan(&i.ID, &i.Unit, text{(*string)(&i.Better)}, &i.Counts, text{&i.Denominator})
	})
}

// sources answers queries/answers/Sources.sql.
func (s *Store) sources(ctx context.Context) ([]analytics.Source, error) {
	return answer(ctx, s, "Sources", func(rows *sql.Rows) (o analytics.Source, err error) {
		return o, rows.Scan(&o.ID, text{&o.Title}, &o.URL, text{&o.Detail}, text{&o.OriginalURL}, &o.Licence,
			text{&o.Publisher})
	})
}

// publishers answers queries/answers/Publishers.sql.
func (s *Store) publishers(ctx context.Context) ([]analytics.Publisher, error) {
	return answer(ctx, s, "Publishers", func(rows *sql.Rows) (p analytics.Publisher, err error) {
		return p, rows.Scan(&p.ID, &p.Name.EN, &p.Name.CY, text{&p.Site})
	})
}
