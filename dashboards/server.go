package dashboards

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"
	"github.com/valyala/fasthttp"
	"golang.org/x/sync/errgroup"

	"yardstick/analytics"
	"yardstick/analytics/target"
	"yardstick/dashboards/api"
	"yardstick/dashboards/draw"
	"yardstick/dashboards/i18n"
)

// pages is the route table of the site, without languages: each path stands as it is in English and under /cy in
// Welsh.
var pages = []page{
	{name: "home", path: "/", build: homePage},
	{name: "areas", path: "/areas", params: []string{"q"}, build: areasPage},
	{name: "area", path: "/areas/:id", ahead: true, build: areaPage},
	{name: "map", path: "/map", params: []string{"programme", "measure", "scale", "indicator"}, build: mapPage},
	{name: "inspections", path: "/inspections", params: []string{"programme"}, build: inspectionsPage},
	{name: "inspection", path: "/inspections/:id", build: inspectionPage},
	{name: "compare", path: "/compare", params: []string{"with", "q"}, build: comparePage},
	{name: "benchmarks", path: "/benchmarks", params: []string{"programme", "measure", "indicator", "period", "group", "of", "areas", "as_of", "limits"}, heavy: true, build: benchmarksPage},
	{name: "trends", path: "/trends", params: []string{"theme", "programme", "measure", "region"}, build: trendsPage},
	{name: "indicators", path: "/indicators", params: []string{"indicator", "area"}, build: indicatorsPage},
	{name: "releases", path: "/releases", build: releasesPage},
	{name: "data", path: "/data", params: []string{"letter"}, ahead: true, build: dataPage},
	{name: "target", path: "/target", params: target.Params(), heavy: true, hidden: true, build: targetPage},
	{name: "methodology", path: "/methodology", build: methodologyPage},
	{name: "api", path: "/api", build: apiPage},
	{name: "accessibility", path: "/accessibility", build: accessibilityPage},
}

const (
	assets   = "/assets/"
	dataRoot = "/data/"

	readTimeout  = 5 * time.Second
	writeTimeout = 10 * time.Second
	idleTimeout  = 30 * time.Second

	// A compressed page fits one write of this many bytes; the default of 4 KiB makes two of most (measured: +40 %
	// requests a second). Requests are read into a buffer of the same size, so that an address far too long still
	// reaches the page that says so.
	bufferSize = 16 << 10
	bodyLimit  = 64 << 10
)

// Config is what a Server needs from the world.
type Config struct {
	Assets   fs.FS             // built assets, by hashed name
	Manifest map[string]string // hashed names by logical name
	Log      *slog.Logger      // requests that could not be answered
	Now      func() time.Time
	Drawing  string // the script that charts are drawn with for people to take away (static.Drawing)
	Site     string // where readers reach the site, such as https://yardstick.example; empty where that is not known
	Contact  string // how readers reach whoever publishes this installation; empty where that is not said

	// Earlier opens the release before the newest whose id begins so, without what was withdrawn since; a
	// *analytics.NotFoundError of kind release where there is none. Nil where none are held.
	Earlier func(ctx context.Context, id string) (*analytics.Snapshot, error)
}

// Server serves the site and its interface from the release it was last given.
type Server struct {
	app       *fiber.App
	config    Config
	renderer  *renderer
	languages map[string]*i18n.Language
	current   atomic.Pointer[edition]
	turns     turns
	opening   turns // of earlier releases
	drawing   turns // of images
	drawer    *draw.Drawer
}

// New prepares a server. It fails where a template, a catalogue or an asset is missing or broken, so that no page can
// fail for that reason later. Until Publish it answers 503.
func New(config Config) (*Server, error) {
	if config.Site != "" {
		site, err := siteOf(config.Site)
		if err != nil {
			return nil, fmt.Errorf("new server: %w", err)
		}
		config.Site = site
	}
	s := &Server{config: config, languages: make(map[string]*i18n.Language), turns: newTurns(), opening: newTurns(), drawing: newTurns(),
		drawer: draw.New(config.Drawing)}
	for _, tag := range i18n.Languages() {
		language, err := i18n.Load(tag)
		if err != nil {
			return nil, fmt.Errorf("new server: %w", err)
		}
		s.languages[tag] = language
	}
	var err error
	if s.renderer, err = newRenderer(s.languages, config.Manifest, config.Site); err != nil {
		return nil, fmt.Errorf("new server: %w", err)
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
		ErrorHandler:          s.fail,
	})
	if err := s.route(); err != nil {
		return nil, fmt.Errorf("new server: %w", err)
	}
	return s, nil
}

func (s *Server) route() error {
	s.app.Use(recover.New(), secureHeaders)
	s.app.Get("/healthz", func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	s.app.Get("/readyz", s.ready)
	if err := s.routeAssets(); err != nil {
		return err
	}
	s.app.Use(api.Root+"/", open)
	s.app.Get(api.Root+api.DocumentPath, s.describe)
	for _, e := range api.Endpoints() {
		s.app.Get(api.Root+e.Path, s.answer(e))
	}
	s.app.Get("/robots.txt", s.robots)
	s.app.Get("/sitemap.xml", s.sitemap)
	for _, tag := range i18n.Languages() {
		for _, p := range pages {
			s.app.Get(pathIn(tag, p.path), s.show(tag, p))
		}
		s.app.Get(pathIn(tag, dataRoot)+":file", s.download)
		s.app.Get(pathIn(tag, takeRoot)+"/*", s.part(tag))
		s.app.Get(pathIn(tag, embedRoot)+"/*", s.part(tag))
		s.app.Get(pathIn(tag, permanentRoot)+":release", s.permanent(tag))
		s.app.Get(pathIn(tag, permanentRoot)+":release/*", s.permanent(tag))
	}
	s.app.Use(s.elsewhere)
	return nil
}

// Publish makes the server answer from this release. Requests under way finish with the release they began with.
func (s *Server) Publish(snapshot *analytics.Snapshot) error {
	e, err := newEdition(snapshot)
	if err != nil {
		return err
	}
	s.current.Store(e)
	return nil
}

// Warm renders every area's page and the page of the data in every language into the current edition, on all cores, so
// that no reader waits for them. The files of the release are written on the way.
func (s *Server) Warm(ctx context.Context) error {
	e := s.current.Load()
	var renders errgroup.Group
	renders.SetLimit(runtime.GOMAXPROCS(0))
	render := func(p page, id string) {
		for tag := range s.languages {
			renders.Go(func() error {
				v := visit{tag: tag, page: p, id: id}
				if err := ctx.Err(); err != nil {
					return err
				}
				if _, err := s.page(e, v); err != nil {
					return fmt.Errorf("render %s: %w", v.address(), err)
				}
				return nil
			})
		}
	}
	for _, p := range pages {
		switch p.name {
		case "area":
			for _, area := range e.snapshot.Areas() {
				render(p, area.ID)
			}
		case "data":
			render(p, "")
		}
	}
	return renders.Wait()
}

// Serve answers requests on the listener until Shutdown.
func (s *Server) Serve(listener net.Listener) error { return s.app.Listener(listener) }

// Shutdown refuses new connections and waits for requests under way, until ctx ends.
func (s *Server) Shutdown(ctx context.Context) error { return s.app.ShutdownWithContext(ctx) }

// Handler is the server as a function of a request, for tests and benchmarks without a network.
func (s *Server) Handler() fasthttp.RequestHandler { return s.app.Handler() }

func (s *Server) ready(c *fiber.Ctx) error {
	e := s.current.Load()
	if e == nil {
		return errNoRelease
	}
	return c.SendString(e.snapshot.Release().ID + "\n")
}

var errNoRelease = errors.New("no release has been published to this server yet")
