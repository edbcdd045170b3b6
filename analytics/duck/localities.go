package duck

import (
	"context"
	"database/sql"

	"golang.org/x/sync/errgroup"

	"yardstick/analytics"
)

// Localities answers the questions of queries/localities.
func (s *Store) Localities(ctx context.Context) (analytics.Localities, error) {
	var l analytics.Localities
	var questions errgroup.Group
	questions.Go(keep(ctx, s.postcodes, &l.Postcodes))
	questions.Go(keep(ctx, s.towns, &l.Towns))
	questions.Go(keep(ctx, s.formerAuthorities, &l.Former))
	return l, questions.Wait()
}

// postcodes answers queries/localities/Postcodes.sql.
func (s *Store) postcodes(ctx context.Context) ([]analytics.PostcodeShare, error) {
	return ask(ctx, s, "localities/Postcodes.sql", func(rows *sql.Rows) (p analytics.PostcodeShare, err error) {
		return p, rows.Scan(&p.Code, &p.GSS, &p.Share, &p.Postcodes)
	})
}

// towns answers queries/localities/Towns.sql.
func (s *Store) towns(ctx context.Context) ([]analytics.Town, error) {
	return ask(ctx, s, "localities/Towns.sql", func(rows *sql.Rows) (t analytics.Town, err error) {
		var line int
		return t, rows.Scan(&t.Name.EN, text{&t.Name.CY}, &t.GSS, texts{&t.Also}, texts{&t.Aliases}, &t.Minor,
			&t.Population, &line)
	})
}

// formerAuthorities answers queries/localities/FormerAuthorities.sql.
func (s *Store) formerAuthorities(ctx context.Context) ([]analytics.Authority, error) {
	return ask(ctx, s, "localities/FormerAuthorities.sql", func(rows *sql.Rows) (a analytics.Authority, err error) {
		return a, rows.Scan(&a.Name, &a.GSS)
	})
}
