// Package office is the chief inspector's office in a browser: signed-in pages over the register, served by a process
// of its own beside the public site. What is decided here is in the register's journal, under the name of who decided
// it; the office's own database (package store) has people, sessions and files before the register takes them.
//
//	office.go           the server: its handler, its limits, its headers
//	routes.go rights.go every address with its rule; what each role may do
//	signin.go confirm.go people.go
//	                    passkeys, one-time links, recovery codes; the touch that confirms a decision; who may sign in
//	provider.go sessions.go
//	                    signing in by an identity provider; where somebody is signed in
//	item.go             a publication as it stands, from the journal and the database
//	publication.go send.go review.go publish.go petition.go audit.go
//	                    the pages and what is done on them; what one person asks for and another confirms
//	decisions.go        what the office journals besides: comments, open points, schedules
//	checklist.go announce.go improvement.go
//	                    what to be sure of before publishing; announcements; improvement plans
//	reply.go answer.go  the right of reply: its links and forms; what services answered, from the journal
//	preview.go          the public pages as they would be
//	notice.go wording.go print.go
//	                    press notices: their facts, their words and approval, as PDF
//	public.go desk.go plan.go brief.go
//	                    the public release; the desk's runs, the programme of inspections, the national review
//	schedule.go         publishing at the moment that was set
//	page.go fields.go reason.go
//	                    words, dates and templates; what is wrong with a form, beside its fields; why the register did
//	                    not do something
package office

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"
	"golang.org/x/time/rate"

	"yardstick/analytics"
	"yardstick/data/register"
	"yardstick/data/release"
	"yardstick/internal/office/store"
)

// Public is a server of the public pages, for previews.
type Public interface {
	http.Handler
	Publish(*analytics.Snapshot) error
}

// Config is what an Office needs from the world.
type Config struct {
	Register *register.Register
	Store    *store.Store
	Site     string // where the office's people reach it, such as https://office.example
	Folder   string // for previews; nobody else may read it
	Now      func() time.Time
	Log      *slog.Logger
	Assets   fs.FS             // the public site's built assets
	Manifest map[string]string // their hashed names by logical name

	// ClientHeader is the header in which a proxy names the client's address and which it overwrites; empty for none.
	ClientHeader string

	// Reach asks whether something answers at the address of a source; nil for Reachable.
	Reach Reach

	// Public makes a server for a preview, and Open reads a release for it.
	Provider *Provider // that signs people in besides passkeys; nil for none

	Browser string // that prints press notices; empty for none

	Public func() (Public, error)
	Open   func(ctx context.Context, path string, m release.Manifest) (*analytics.Snapshot, error)
}

// Office serves the office's pages.
type Office struct {
	Config
	site     *url.URL
	pages    *pages
	sessions *scs.SessionManager
	passkeys *webauthn.WebAuthn
	slowed   *lru.Cache[string, *rate.Limiter]
	provider *provider // nil for none
	routes   []route
	handler  http.Handler

	differences *lru.Cache[string, register.Receipt]
	differing   singleflight.Group // of differences
	previews    *lru.Cache[string, *preview]
	building    sync.Mutex // of previews
	opening     sync.Mutex // of the public release
	public      *analytics.Snapshot
	printing    chan struct{} // holds whoever prints
	taking      sync.Mutex    // of imports that the database does not have yet
	answering   sync.Mutex    // of services, each of which answers once
	scheduled   chan struct{} // a schedule changed
}

const (
	sessionIdle  = 30 * time.Minute
	sessionLasts = 12 * time.Hour
	keptPreviews = 3
	keptReceipts = 64
)

// New prepares an office. It fails where a template or a message is missing, so that no page can fail for that later.
func New(config Config) (*Office, error) {
	site, err := url.Parse(config.Site)
	if err != nil || site.Scheme != "http" && site.Scheme != "https" || site.Host == "" {
		return nil, fmt.Errorf("office: site: %q is not an address such as https://office.example", config.Site)
	}
	if net.ParseIP(site.Hostname()) != nil {
		return nil, fmt.Errorf("office: site: passkeys need a name, and %s is a number: use localhost", site.Hostname())
	}
	if config.Reach == nil {
		config.Reach = Reachable
	}
	o := &Office{Config: config, site: site, scheduled: make(chan struct{}, 1),
		printing: make(chan struct{}, 1)}
	if config.Provider != nil {
		if o.provider, err = newProvider(*config.Provider, site); err != nil {
			return nil, fmt.Errorf("office: %w", err)
		}
	}
	if o.pages, err = newPages(); err != nil {
		return nil, fmt.Errorf("office: %w", err)
	}
	o.passkeys, err = webauthn.New(&webauthn.Config{
		RPID:          site.Hostname(),
		RPDisplayName: "Yardstick",
		RPOrigins:     []string{site.Scheme + "://" + site.Host},
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey:      protocol.ResidentKeyRequirementRequired,
			UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil, fmt.Errorf("office: %w", err)
	}
	o.sessions = scs.New()
	o.sessions.Store = config.Store
	o.sessions.HashTokenInStore = true
	o.sessions.IdleTimeout, o.sessions.Lifetime = sessionIdle, sessionLasts
	o.sessions.Cookie.Name = "office"
	o.sessions.Cookie.SameSite = http.SameSiteLaxMode
	if site.Scheme == "https" {
		o.sessions.Cookie.Name, o.sessions.Cookie.Secure = "__Host-office", true
	}
	o.sessions.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) { o.broke(w, r, err) }
	if o.differences, err = lru.New[string, register.Receipt](keptReceipts); err != nil {
		return nil, err
	}
	if o.slowed, err = lru.New[string, *rate.Limiter](mostSlowed); err != nil {
		return nil, err
	}
	o.previews, err = lru.NewWithEvict(keptPreviews, func(_ string, p *preview) { p.remove(o.Log) })
	if err != nil {
		return nil, err
	}
	o.routes = o.table()
	o.handler = o.chain()
	return o, nil
}

// chain puts what holds for every request before the routes.
func (o *Office) chain() http.Handler {
	mux := http.NewServeMux()
	for _, r := range o.routes {
		for _, tag := range r.languages() {
			mux.Handle(r.Method+" "+pathIn(tag, r.Path), o.guard(tag, r))
		}
	}
	failing := func(err error) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			o.fail(&call{Office: o, w: w, Request: r, tag: languageOf(r.URL.Path)}, err)
		}
	}
	mux.Handle("/", failing(errNotFound))
	crossing := http.NewCrossOriginProtection()
	crossing.SetDenyHandler(failing(errForbidden))
	return o.known(o.secured(o.sessions.LoadAndSave(crossing.Handler(mux))))
}

// ServeHTTP answers a request. A panic is an error of the server's, and no more.
func (o *Office) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if p := recover(); p != nil {
			o.broke(w, r, fmt.Errorf("panic: %v", p))
		}
	}()
	o.handler.ServeHTTP(w, r)
}

// known leads requests for another name of this host to the one that passkeys are of, and refuses those that would
// change something.
func (o *Office) known(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.EqualFold(r.Host, o.site.Host):
			next.ServeHTTP(w, r)
		case r.Method == http.MethodGet:
			http.Redirect(w, r, o.site.Scheme+"://"+o.site.Host+"/", http.StatusFound)
		default:
			http.Error(w, "another host", http.StatusMisdirectedRequest)
		}
	})
}

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// secured sets what browsers are told with every answer: nothing is kept, framed, or told to others.
func (o *Office) secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("X-Robots-Tag", "noindex, nofollow")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if o.site.Scheme == "https" {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

const (
	mostForm     = 64 << 10
	mostNotice   = 512 << 10
	mostFile     = 64 << 20
	readTimeout  = 2 * time.Minute
	writeTimeout = 5 * time.Minute
	idleTimeout  = time.Minute
	headTimeout  = 10 * time.Second
	mostHeader   = 32 << 10
	sweepEvery   = 15 * time.Minute
)

// Run answers requests on the listener and publishes what is scheduled, until ctx ends. Then it waits for requests
// under way, for as long as drain.
func (o *Office) Run(ctx context.Context, listener net.Listener, drain time.Duration) error {
	server := &http.Server{Handler: o, ReadHeaderTimeout: headTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: mostHeader,
		ErrorLog: slog.NewLogLogger(o.Log.Handler(), slog.LevelWarn)}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	var work sync.WaitGroup
	work.Go(func() { o.keepSchedule(ctx) })
	work.Go(func() { o.sweep(ctx) })
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	draining, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	err := server.Shutdown(draining)
	work.Wait()
	o.previews.Purge()
	if stopped := <-served; !errors.Is(stopped, http.ErrServerClosed) {
		err = cmp.Or(err, stopped)
	}
	return err
}

// sweep removes sessions that have ended.
func (o *Office) sweep(ctx context.Context) {
	every := time.NewTicker(sweepEvery)
	defer every.Stop()
	for {
		if err := o.Store.Sweep(ctx); err != nil && ctx.Err() == nil {
			o.Log.Error("sessions that ended are still kept", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
	}
}
