package duck

import (
	"context"
	"database/sql"
	"errors"

	"yardstick/analytics"
)

// areas answers queries/answers/Areas.sql.
func (s *Store) areas(ctx context.Context) ([]analytics.Area, error) {
	return answer(ctx, s, "Areas", func(rows *sql.Rows) (a analytics.Area, err error) {
		var status string
		constituents := structs{func(fields map[string]any) error {
			var c analytics.Authority
			err := errors.Join(text{&c.GSS}.Scan(fields["gss"]), text{&c.Name}.Scan(fields["name"]))
			a.Constituents = append(a.Constituents, c)
			return err
		}}
		var label sql.NullString
		var across, down sql.NullInt64
		var counted bool
		var from, to sql.NullTime
		err = rows.Scan(&a.ID, &a.Name.EN, text{&a.Name.CY}, &a.Region, &a.Nation, text{&a.PoliceForce},
			date{&a.ValidFrom}, date{&a.ValidTo}, &status, texts{&a.Aliases}, constituents,
			texts{&a.Predecessors}, texts{&a.Successors}, texts{&a.Sources}, &label, &across, &down, &counted, &from, &to)
		a.Current = status == "current"
		if label.Valid {
			a.Tile = &analytics.Tile{Label: label.String, Across: int(across.Int64), Down: int(down.Int64)}
		}
		if counted {
			a.Counted = &analytics.Span{From: from.Time, To: to.Time}
		}
		return a, err
	})
}

// places answers queries/answers/Places.sql.
func (s *Store) places(ctx context.Context) ([]analytics.Place, error) {
	return answer(ctx, s, "Places", func(rows *sql.Rows) (p analytics.Place, err error) {
		return p, rows.Scan(&p.Group, &p.ID, &p.Nation, &p.Name.EN, &p.Name.CY)
	})
}

// groupSizes answers queries/answers/GroupSizes.sql.
func (s *Store) groupSizes(ctx context.Context) ([]analytics.GroupSize, error) {
	return answer(ctx, s, "GroupSizes", func(rows *sql.Rows) (g analytics.GroupSize, err error) {
		return g, rows.Scan(&g.Group, &g.Name, &g.From, &g.Areas)
	})
}

// neighbours answers queries/answers/Neighbours.sql.
func (s *Store) neighbours(ctx context.Context) ([]analytics.Neighbour, error) {
	return answer(ctx, s, "Neighbours", func(rows *sql.Rows) (n analytics.Neighbour, err error) {
		return n, rows.Scan(&n.Area, &n.Neighbour, &n.Rank, texts{&n.Sources})
	})
}

// authorityShares answers queries/answers/AuthorityShares.sql.
func (s *Store) authorityShares(ctx context.Context) ([]analytics.AuthorityShare, error) {
	return answer(ctx, s, "AuthorityShares", func(rows *sql.Rows) (x analytics.AuthorityShare, err error) {
		return x, rows.Scan(&x.Area, &x.GSS, &x.Share)
	})
}
