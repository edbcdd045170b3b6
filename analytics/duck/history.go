package duck

import (
	"context"
	"database/sql"

	"yardstick/analytics"
)

// publications answers queries/answers/Publications.sql.
func (s *Store) publications(ctx context.Context) ([]analytics.Publication, error) {
	return answer(ctx, s, "Publications", func(rows *sql.Rows) (p analytics.Publication, err error) {
		return p, rows.Scan(&p.Position, text{&p.Release}, &p.Published, &p.Origin, text{&p.Why}, &p.Added,
			&p.Corrected, &p.Withdrawn)
	})
}

// revisions answers queries/answers/Revisions.sql.
func (s *Store) revisions(ctx context.Context) ([]analytics.Revision, error) {
	return answer(ctx, s, "Revisions", func(rows *sql.Rows) (r analytics.Revision, err error) {
		return r, rows.Scan(&r.Position, &r.Subject, &r.Act, text{&r.Inspection}, text{&r.Measure}, text{&r.Place},
			text{&r.Period}, text{&r.Field}, text{&r.Before}, text{&r.After}, &r.Rows, text{&r.Why})
	})
}
