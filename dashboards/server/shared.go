package server

import (
	"fmt"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"yardstick/dashboards/site"
)

// Shared caches (a CDN, a proxy) are told how long they may keep an answer, and the tags by which they can be told to
// forget it. Browsers are told to ask each time. What a release withdraws is out of every cache after the time it may
// be kept, also where nobody could tell the cache.

// ReleaseHeader names the newest release that a server knows, which is the one that plain addresses show.
const ReleaseHeader = "Yardstick-Release"

// TagHeader has the tags of an answer for shared caches.
const TagHeader = "Cache-Tag"

// whileRevalidating is how long a shared cache may go on answering while it asks whether an answer has changed.
const whileRevalidating = time.Second

// cacheControl returns what answers say about caches, where shared ones may keep them for a time.
func cacheControl(shared time.Duration) string {
	if shared <= 0 {
		return "no-cache" // any cache may keep it, and asks before each use
	}
	return fmt.Sprintf("public, max-age=0, s-maxage=%d, stale-while-revalidate=%d", int(shared.Seconds()),
		int(whileRevalidating.Seconds()))
}

// latestFor returns the edition that plain addresses show, and names it in the answer.
func (s *Server) latestFor(c *fiber.Ctx) (*edition, error) {
	e, err := s.latest()
	if err == nil {
		c.Set(ReleaseHeader, site.ShortName(e.snapshot.Release().ID))
	}
	return e, err
}

// tag gives an answer the tags of its release and area. A link names its release; the kind and the id are those of a
// page or an endpoint.
func (s *Server) tag(c *fiber.Ctx, latest *edition, link permanentLink, kind, id string) {
	if s.config.SharedCache <= 0 {
		return
	}
	release := link.release
	if release == "" {
		release = site.ShortName(latest.snapshot.Release().ID)
	}
	tags := []string{"yardstick", "release-" + release}
	switch kind {
	case "area":
		tags = append(tags, "area-"+id)
	case "inspection":
		if i, err := latest.snapshot.Inspection(id); err == nil {
			tags = append(tags, "area-"+i.Area)
		}
	}
	c.Set(TagHeader, strings.Join(tags, ","))
}
