package duck

import (
	"context"
	"database/sql"

	"yardstick/analytics"
)

// observations answers queries/indicators/Observations.sql. Words that rows repeat are held once.
func (s *Store) observations(ctx context.Context) ([]analytics.Observation, error) {
	words := make(map[string]string)
	once := func(texts ...*string) {
		for _, text := range texts {
			if had, ok := words[*text]; ok {
				*text = had
				continue
			}
			words[*text] = *text
		}
	}
	return ask(ctx, s, "indicators/Observations.sql", func(rows *sql.Rows) (o analytics.Observation, err error) {
		err = rows.Scan(
			&o.Indicator,
			&o.Unit,
			&o.Place,
			&o.Level,
			text{&o.GSS},
			&o.Start,
			&o.End,
			&o.Period,
			&o.Value,
			&o.Lower,
			&o.Upper,
			&o.Numerator,
			&o.Denominator,
			text{&o.Basis},
			text{&o.Flag},
			texts{&o.Sources},
			text{&o.Note},
		)
		once(&o.Indicator, &o.Unit, &o.Place, (*string)(&o.Level), &o.GSS, &o.Period, &o.Basis, &o.Flag, &o.Note)
		for n := range o.Sources {
			once(&o.Sources[n])
		}
		return o, err
	})
}
