package duck

import (
	"context"
	"database/sql"

	"yardstick/analytics"
)

// announcements answers queries/answers/Announcements.sql.
func (s *Store) announcements(ctx context.Context) ([]analytics.Announcement, error) {
	return answer(ctx, s, "Announcements", func(rows *sql.Rows) (a analytics.Announcement, err error) {
		var expected string
		var moment sql.NullTime
		err = rows.Scan(&a.Number, &a.Act, &a.At, &a.Title.EN, &a.Title.CY, texts{&a.Areas}, &expected, &moment,
			text{&a.Why})
		if err == nil {
			a.Moment = moment.Time
			a.Expected, err = analytics.ParsePartialDate(expected)
		}
		return a, err
	})
}
