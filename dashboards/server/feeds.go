package server

import (
	"github.com/gofiber/fiber/v2"

	"yardstick/analytics"
	"yardstick/dashboards/cache"
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
		s.app.Get(view.PathIn(tag, site.UpcomingFeed), s.told(tag, site.UpcomingFeed, feed.Type, s.site.UpcomingFeed))
		s.app.Get(view.PathIn(tag, site.UpcomingFile), s.told(tag, site.UpcomingFile, site.CalendarType, s.site.Calendar))
	}
}

// feed answers with a feed in one language. It is kept, and has its turn, as pages do.
func (s *Server) feed(tag string, of func(id string) site.FeedOf) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id := c.Params("id")
		f := of(id)
		if f != (site.FeedOf{}) && !site.IsID(id) {
			return &analytics.NotFoundError{Kind: "page", ID: site.ShownPath(c.Path())}
		}
		return s.told(tag, f.Path(), feed.Type, func(tag string, snapshot *analytics.Snapshot) ([]byte, error) {
			return s.site.Feed(tag, f, snapshot)
		})(c)
	}
}

// told answers with a file in one language that is made of the latest release. It is kept, and has its turn, as pages
// do.
func (s *Server) told(tag, path, kind string,
	write func(tag string, snapshot *analytics.Snapshot) ([]byte, error)) fiber.Handler {
	return func(c *fiber.Ctx) error {
		latest, err := s.latest()
		if err != nil {
			return err
		}
		body, err := s.answerOn(latest, latest.rendered, view.PathIn(tag, path), s.clientOf(c), ask{kind: cache.Page},
			func(of *edition) (*cache.Body, error) {
				content, err := write(tag, of.snapshot)
				if err != nil {
					return nil, err
				}
				body, err := cache.Compress(content, kind+"; charset=utf-8", cache.OnDemand)
				if err == nil {
					body.Language = tag
				}
				return body, err
			})
		if err != nil {
			return err
		}
		return s.send(c, body)
	}
}
