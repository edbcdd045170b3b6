package server

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"path"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	recovery "github.com/gofiber/fiber/v2/middleware/recover"
	"github.com/valyala/fasthttp"
	"golang.org/x/sync/errgroup"

	"yardstick/analytics"
	"yardstick/dashboards/api"
	"yardstick/dashboards/cache"
	"yardstick/dashboards/draw"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/site"
	"yardstick/dashboards/view"
)

const (
	readTimeout  = 5 * time.Second
	writeTimeout = 10 * time.Second
	idleTimeout  = 30 * time.Second

	// A compressed page fits one write of this many bytes; the default of 4 KiB makes two of most (measured: +40 %
	// requests a second). Requests are read into a buffer of the same size, so that an address far too long still
	// reaches the page that says so.
	bufferSize = 16 << 10
	bodyLimit  = 64 << 10
)

// english is the language of the interface, whose addresses have none of their own.
var english = i18n.Languages()[0]

// Config is what a Server needs from the world.
type Config struct {
	Assets   fs.FS             // built assets, by hashed name
	Manifest map[string]string // hashed names by logical name
	Log      *slog.Logger      // requests that could not be answered
	Now      func() time.Time
	Drawing  string // the script that draws charts as images (static.Drawing)
	Raster   []byte // the library that makes pictures of drawings (static.Raster); nil for no pictures
	Site     string // where readers reach the site, such as https://yardstick.example; empty where that is not known
	Limits   Limits // of connections

	Contact   string // how readers reach whoever runs this site, as site.ParseContact reads it; empty where not said
	Publisher string // who runs this site; empty where that is not said

	// SharedCache is how long a CDN or proxy may keep an answer without asking whether it has changed; 0 for not at all.
	SharedCache time.Duration

	// Static makes pages that are kept as files: charts are images, and nothing asks a server.
	Static bool

	// ClientHeader is the header in which a proxy names the client's address and which it overwrites, such as
	// X-Real-IP; empty for none. Clients have a fair share of what is made.
	ClientHeader string

	Access *slog.Logger // every answer, without anything about its reader; nil for no log of them

	// Earlier opens the release before the latest whose id begins so, without what was withdrawn since; a
	// *analytics.NotFoundError of kind release where there is none. Nil where there are no older releases.
	Earlier func(ctx context.Context, id string) (*analytics.Snapshot, error)

	// PublicLog reads the log of publications and its signed checkpoint; an error that is fs.ErrNotExist where nothing was
	// published. Nil where there is none.
	PublicLog func() (log, checkpoint []byte, err error)
}

// Server serves the site and its interface from the release it was last given.
type Server struct {
	app       *fiber.App
	config    Config
	site      *site.Site
	current   atomic.Pointer[edition]
	budget    *cache.Budget // of everything that is not kept
	opening   *cache.Budget // of older releases, which take seconds: one at a time, beside all others
	preparing *cache.Budget // of back-tests, likewise
	drawer    *draw.Drawer
	raster    *draw.Raster // nil where there are no pictures
	caches    string       // what answers say about caches

	metrics   *metrics
	unpacking chan struct{} // readers to whom plain bytes are unpacked
}

// mostUnpacking is how many readers are sent plain bytes that are unpacked for them. Each costs about 200 KB.
const mostUnpacking = 128

// New prepares a server. It fails where a template, a catalogue or an asset is missing or broken, so that no page can
// fail for that reason later. Until Publish it answers 503.
func New(config Config) (*Server, error) {
	pages, err := site.New(
		site.Config{Manifest: config.Manifest, Now: config.Now, Address: config.Site, Contact: config.Contact,
			Publisher: config.Publisher, Static: config.Static, Cards: config.Raster != nil},
	)
	if err != nil {
		return nil, fmt.Errorf("new server: %w", err)
	}
	s := &Server{config: config, site: pages, drawer: draw.New(config.Drawing),
		caches: cacheControl(config.SharedCache),
		budget: cache.NewBudget(workLimit()), opening: cache.NewBudget(1), preparing: cache.NewBudget(1),
		metrics: newMetrics(), unpacking: make(chan struct{}, mostUnpacking)}
	if config.Raster != nil {
		s.raster = draw.NewRaster(config.Raster)
	}
	s.app = fiber.New(fiber.Config{
		DisableStartupMessage: true,
		CaseSensitive:         true,
		StrictRouting:         true,
		Immutable:             true, // strings taken from a request are kept in caches
		GETOnly:               true,
		ReadTimeout:           readTimeout,
		WriteTimeout:          writeTimeout,
		IdleTimeout:           idleTimeout,
		ReadBufferSize:        bufferSize,
		WriteBufferSize:       bufferSize,
		BodyLimit:             bodyLimit,
		ReduceMemoryUsage:     true, // a connection without a request has no buffers
		ErrorHandler:          s.fail,
	})
	s.app.Server().ConnState = answered
	if err := s.route(); err != nil {
		return nil, fmt.Errorf("new server: %w", err)
	}
	return s, nil
}

func (s *Server) route() error {
	s.app.Use(s.observe, recovery.New(), s.secureHeaders)
	s.app.Get("/healthz", func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	s.app.Get("/readyz", s.ready)
	if err := s.routeAssets(); err != nil {
		return err
	}
	s.app.Use(api.Root+"/", allowAnyOrigin)
	s.app.Get(api.Root+api.DocumentPath, s.describe)
	for _, e := range api.Endpoints() {
		s.app.Get(api.Root+e.Path, s.answer(e))
	}
	s.app.Get("/robots.txt", s.robots)
	s.app.Get("/.well-known/security.txt", s.security)
	s.app.Get("/sitemap.xml", s.sitemap)
	s.routeFeeds()
	s.routeDiscovery()
	if s.config.Static {
		s.routeIndex()
	}
	s.app.Get(site.CheckpointPath, s.signedLog(func(log, checkpoint []byte) []byte { return checkpoint }))
	s.app.Get(site.LogPath, s.signedLog(func(log, checkpoint []byte) []byte { return log }))
	for _, tag := range i18n.Languages() {
		for _, r := range s.site.Routes() {
			s.app.Get(view.PathIn(tag, r.Path), s.show(tag, r))
		}
		s.app.Get(view.PathIn(tag, site.DataRoot)+":file", s.file)
		s.app.Get(view.PathIn(tag, site.FileRoot)+"/*", s.part(tag))
		s.app.Get(view.PathIn(tag, site.EmbedRoot)+"/*", s.part(tag))
		s.app.Get(view.PathIn(tag, site.PermanentRoot)+":release", s.permanent(tag))
		s.app.Get(view.PathIn(tag, site.PermanentRoot)+":release/*", s.permanent(tag))
	}
	s.app.Use(s.redirect)
	return nil
}

// Publish makes the server answer from this release. Requests under way finish with the release they began with.
func (s *Server) Publish(snapshot *analytics.Snapshot) error {
	e, err := newEdition(snapshot)
	if err != nil {
		return err
	}
	s.current.Store(e)
	s.metrics.served.Reset()
	s.metrics.served.WithLabelValues(site.ShortName(snapshot.Release().ID)).Set(float64(snapshot.Release().Built.Unix()))
	s.Refuse(false)
	return nil
}

// latest returns the edition that plain addresses show.
func (s *Server) latest() (*edition, error) {
	if e := s.current.Load(); e != nil {
		return e, nil
	}
	return nil, errNoRelease
}

// prepare works out what every answer of an edition's desk needs, once, beside all other work.
func (s *Server) prepare(e *edition, client cache.Client) error {
	if e.prepared.Load() {
		return nil
	}
	_, err := cache.Run(s.preparing, cache.Desk, client, func() (struct{}, error) {
		return struct{}{}, e.prepare()
	})
	return err
}

// Warm renders every area's page and the page of the data in every language into the current edition, whenever no
// reader waits for anything, so that no reader waits for them. The files of the release are written on the way. A page
// that panics is an error, and does not end the process.
func (s *Server) Warm(ctx context.Context) error {
	e := s.current.Load()
	var renders errgroup.Group
	renders.SetLimit(workLimit())
	renders.Go(func() error { return e.snapshot.ReadAround(ctx) })
	renders.Go(e.snapshot.ReadLocalities)
	renders.Go(func() error {
		s.prepare(e, nobody) // whoever asks for the desk is told
		return nil
	})
	render := func(route site.Route, id string) {
		for _, tag := range i18n.Languages() {
			renders.Go(func() (err error) {
				if err := ctx.Err(); err != nil {
					return err
				}
				defer func() {
					if p := recover(); p != nil {
						err = fmt.Errorf("render %s %s: panic: %v", route.Name, id, p)
					}
				}()
				r, err := site.NewRequest(tag, route, id, nil)
				if err != nil {
					return err
				}
				if _, err := s.page(e, r, nobody, cache.Background); err != nil {
					return fmt.Errorf("render %s: %w", r.Address(), err)
				}
				return nil
			})
		}
	}
	for _, route := range s.site.Routes() {
		switch {
		case route.Name == "area":
			for _, area := range e.snapshot.Areas() {
				render(route, area.ID)
			}
		case route.Ahead:
			render(route, "")
		}
	}
	return renders.Wait()
}

// Serve answers requests on the listener until Shutdown, within the limits of connections. Errors of accepting a
// connection do not end it.
func (s *Server) Serve(listener net.Listener) error {
	g := newGate(listener, s.config.Limits, s.config.Log)
	g.count = s.metrics.open.Set
	return s.app.Listener(g)
}

// Shutdown refuses new connections and waits for requests under way, until ctx ends.
func (s *Server) Shutdown(ctx context.Context) error { return s.app.ShutdownWithContext(ctx) }

// Handler returns the server as a function of a request, for tests and benchmarks without a network.
func (s *Server) Handler() fasthttp.RequestHandler { return s.app.Handler() }

// observe counts a request, says in the log what was answered, and tells the gate that the connection is at work. The
// log names no reader: no address, no query, no header.
func (s *Server) observe(c *fiber.Ctx) error {
	asks(c.Context().Conn())
	begun := time.Now()
	err := c.Next()
	if err != nil {
		if failed := s.fail(c, err); failed != nil {
			return failed
		}
	}
	status, took := c.Response().StatusCode(), time.Since(begun)
	s.metrics.observe(status, kindOf(c), took)
	if s.config.Access != nil {
		s.config.Access.Info("answer", "method", c.Method(), "path", site.ShownPath(c.Path()), "status", status,
			"milliseconds", took.Milliseconds())
	}
	return nil
}

func (s *Server) ready(c *fiber.Ctx) error {
	e, err := s.latest()
	if err != nil {
		return err
	}
	return c.SendString(e.snapshot.Release().ID + "\n")
}

// redirect answers what no route does: another spelling of an address leads to the canonical one, anything else is not
// found.
func (s *Server) redirect(c *fiber.Ctx) error {
	asked := c.Path()
	clean := strings.ToLower(path.Clean("/" + asked))
	if clean != asked && len(asked) < longestQuery && cleanPath.MatchString(clean) && s.known(clean) {
		if query := c.Request().URI().QueryString(); len(query) > 0 && len(query) <= longestQuery {
			clean += "?" + string(query)
		}
		return c.Redirect(clean, fiber.StatusMovedPermanently)
	}
	return &analytics.NotFoundError{Kind: "page", ID: site.ShownPath(asked)}
}

var cleanPath = regexp.MustCompile(`^/[a-z0-9/_-]*$`)

// known reports whether some route would answer this path.
func (s *Server) known(clean string) bool {
	for _, tag := range i18n.Languages() {
		under := clean
		if tag != english {
			under = strings.TrimPrefix(clean, "/"+tag)
		}
		if _, _, ok := s.site.At(cmp.Or(under, "/")); ok {
			return true
		}
	}
	return strings.HasPrefix(clean, api.Root+"/")
}
