package server

import (
	"github.com/gofiber/fiber/v2"

	"yardstick/analytics"
	"yardstick/dashboards/feed"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/site"
	"yardstick/dashboards/view"
)

// routeFeeds serves the feeds of the latest release in every language.
func (s *Server) routeFeeds() {
	for _, tag := range i18n.Languages() {
		s.app.Get(view.PathIn(tag, site.FeedFile), s.feed(tag, func(string) site.FeedOf { return site.FeedOf{} }))
		s.app.Get(view.PathIn(tag, site.AreaFeed), s.feed(tag, func(id string) site.FeedOf {
			return site.FeedOf{Area: id}
		}))
		s.app.Get(view.PathIn(tag, site.RegionFeed), s.feed(tag, func(id string) site.FeedOf {
			return site.FeedOf{Region: id}
		}))
		s.app.Get(view.PathIn(tag, site.UpcomingFeed), s.document(tag, feed.Type, func(of *edition) ([]byte, error) {
			return s.site.UpcomingFeed(tag, of.snapshot)
		}))
		s.app.Get(view.PathIn(tag, site.UpcomingFile), s.document(tag, site.CalendarType, func(of *edition) ([]byte, error) {
			return s.site.Calendar(tag, of.snapshot)
		}))
	}
}

// feed answers with a feed in one language.
func (s *Server) feed(tag string, of func(id string) site.FeedOf) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id := c.Params("id")
		f := of(id)
		if f != (site.FeedOf{}) && !site.IsID(id) {
			return &analytics.NotFoundError{Kind: "page", ID: site.ShownPath(c.Path())}
		}
		return s.document(tag, feed.Type, func(of *edition) ([]byte, error) {
			return s.site.Feed(tag, f, of.snapshot)
		})(c)
	}
}
