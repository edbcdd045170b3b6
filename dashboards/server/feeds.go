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
	}
}

// feed answers with a feed in one language. It is kept, and has its turn, as pages do.
func (s *Server) feed(tag string, of func(id string) site.FeedOf) fiber.Handler {
	return func(c *fiber.Ctx) error {
		latest, err := s.latestFor(c)
		if err != nil {
			return err
		}
		id := c.Params("id")
		f := of(id)
		if f != (site.FeedOf{}) && !site.IsID(id) {
			return &analytics.NotFoundError{Kind: "page", ID: site.ShownPath(c.Path())}
		}
		body, err := s.answerOn(latest, latest.rendered, view.PathIn(tag, f.Path()), s.clientOf(c), ask{kind: cache.Page},
			func(of *edition) (*cache.Body, error) {
				content, err := s.site.Feed(tag, f, of.snapshot)
				if err != nil {
					return nil, err
				}
				body, err := cache.Compress(content, feed.Type+"; charset=utf-8", cache.OnDemand)
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
