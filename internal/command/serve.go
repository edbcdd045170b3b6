package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"yardstick/analytics"
	"yardstick/analytics/duck"
	"yardstick/dashboards/server"
	"yardstick/data"
	"yardstick/data/register"
	"yardstick/data/release"
	"yardstick/queries"
	"yardstick/static"
)

func serveCommand(s *settings, errOut io.Writer) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the public site from the newest release (the default command)",
		Long: "Serve answers from the newest release in the home directory. An empty home, or one whose release was " +
			"built\nfrom another record, gets a release of the shipped record first. With --from it follows object storage " +
			"instead, and\nserves the last good release while that cannot be reached.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return serve(cmd.Context(), *s, logger(errOut, s.Verbose))
		},
	}
	serveFlags(cmd, s)
	return cmd
}

func serveFlags(cmd *cobra.Command, s *settings) {
	cmd.Flags().StringVar(&s.Addr, "addr", s.Addr, "address to listen on")
	cmd.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases")
	cmd.Flags().StringVar(&s.From, "from", s.From,
		"object storage whose releases are served, s3://BUCKET/PREFIX: they are kept in the home directory, "+
			"which is of this server alone")
	siteFlags(cmd, s)
	cmd.Flags().DurationVar(&s.Drain, "drain", s.Drain, "how long requests under way may take when stopping")
	cmd.Flags().StringVar(&s.Probe, "probe-addr", s.Probe,
		"address of a listener of its own for /healthz, /readyz and /metrics; for the operator alone")
	cmd.Flags().StringVar(&s.Memory, "memory", s.Memory,
		"how much memory the program may use before it collects garbage harder, such as 300MiB (GOMEMLIMIT); "+
			"the database's memory is not counted")
	cmd.Flags().IntVar(&s.Limits.Connections, "connections", s.Limits.Connections,
		"connections open at a time; fewer where the process may open fewer files")
	cmd.Flags().IntVar(&s.Limits.PerAddress, "connections-per-address", s.Limits.PerAddress,
		"connections open at a time from one IPv4 address or IPv6 /64; -1 for no bound, behind a proxy")
	cmd.Flags().StringVar(&s.Client, "client-header", s.Client,
		"header in which a proxy names the client's address and which it always overwrites, such as X-Real-IP: "+
			"clients have a fair share of what is made")
	cmd.Flags().StringVar(&s.LogKey, "log-key", s.LogKey,
		"key that must have signed the log of publications in object storage, as journal key prints it, or a file "+
			"that has it")
	cmd.Flags().DurationVar(&s.Shared, "shared-cache", s.Shared,
		"how long a CDN or proxy may keep an answer without asking, such as 2s; 0 for not at all")
	cmd.Flags().StringVar(&s.Purge, "purge", s.Purge,
		"command for the shell that empties shared caches: run once another release is served")
	cmd.Flags().BoolVar(&s.Access, "access-log", s.Access,
		"log every answer: method, path, status and time, and nothing about its reader")
	cmd.Flags().BoolVar(&s.Verbose, "verbose", s.Verbose, "log more")
}

// siteFlags are those of what pages say about the site itself.
func siteFlags(cmd *cobra.Command, s *settings) {
	cmd.Flags().StringVar(
		&s.Site,
		"site",
		s.Site,
		"where readers reach the site, such as https://yardstick.example: for citations, the sitemap and what search "+
			"engines are told",
	)
	cmd.Flags().StringVar(
		&s.Contact,
		"contact",
		s.Contact,
		"how readers reach whoever runs the site, an address of mail or of a page: for the contact page, the "+
			"accessibility statement and security.txt",
	)
	cmd.Flags().StringVar(&s.Publisher, "publisher", s.Publisher,
		"who runs the site, a name: for the pages about it, its accessibility and its privacy, and for feeds")
}

// serve listens first, so that an address in use is known at once, then opens the release and answers until ctx ends.
func serve(ctx context.Context, s settings, log *slog.Logger) error {
	if err := limitMemory(s.Memory); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", s.Addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	site, err := open(ctx, s, log)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	probe, err := probed(s.Probe, site.server.Probe(collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{})))
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer probe.Close() // it ends with the process
	served := make(chan error, 1)
	go func() { served <- site.server.Serve(listener) }()
	log.Info("serving", "url", "http://"+listener.Addr().String()+"/", "release", site.release)
	if site.replica != nil {
		site.replica.answered = site.server.StoreAnswered
		go site.replica.follow(ctx)
	}
	site.purger = newPurger(s.Purge, log, site.server.CountPurge)
	go site.purger.run(ctx)
	if site.release != "" {
		site.purger.switched(site.release)
	}

	if err := site.follow(ctx, served); err != nil || ctx.Err() == nil {
		return err
	}
	log.Info("stopping")
	draining, cancel := context.WithTimeout(context.Background(), s.Drain)
	defer cancel()
	stopped := site.server.Shutdown(draining)
	listener.Close() // closed already, unless a signal came before the server took it up, which it must not do any more
	return errors.Join(stopped, <-served)
}

// limitMemory bounds the memory of Go's heap.
func limitMemory(text string) error {
	if text == "" {
		return nil
	}
	limit, err := humanize.ParseBytes(text)
	if err != nil || limit == 0 || limit > math.MaxInt64 {
		return fmt.Errorf("memory: %q is not a number of bytes such as 300MiB", text)
	}
	debug.SetMemoryLimit(int64(limit))
	return nil
}

// probed serves the operator's listener at an address, or nothing where that is empty, until it is closed.
func probed(address string, handler http.Handler) (io.Closer, error) {
	probe := &http.Server{Handler: handler, ReadTimeout: probeTimeout, WriteTimeout: probeTimeout}
	if address == "" {
		return probe, nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen for probes: %w", err)
	}
	go probe.Serve(listener) // it ends when it is closed
	return probe, nil
}

// probeTimeout is how long a probe may take to ask, and to be answered.
const probeTimeout = 5 * time.Second

// collectWhileOpening is how much the heap may grow, in percent, before it is collected while a release is opened.
const collectWhileOpening = 800

// collectWhileServing is the same while pages are served: nearly all that is kept is kept for good, so little is won
// by letting the garbage of requests grow as large again.
const collectWhileServing = 40

// site is a server with the id of the release it answers from.
type site struct {
	home    string
	log     *slog.Logger
	server  *server.Server
	release string   // empty before the first
	replica *replica // nil where the home itself says what to serve
	purger  *purger
}

// wanted is the id of the release that should be served; empty where none is known.
func (s *site) wanted() string {
	if s.replica != nil {
		return s.replica.newest()
	}
	return release.CurrentID(s.home)
}

// warm renders pages ahead, beside everything else, until they are all rendered or ctx ends.
func (s *site) warm(ctx context.Context) {
	err := s.server.Warm(ctx)
	switch {
	case ctx.Err() != nil:
		return
	case err != nil:
		s.log.Warn("some pages could not be rendered ahead", "error", err)
	default:
		s.log.Info("rendered the areas' pages ahead")
	}
	debug.FreeOSMemory() // what rendering and opening left is more than serving will ever use
}

// warmAfter is how long the first readers of a release have the machine for themselves.
const warmAfter = time.Second

// startWarming renders pages ahead, from a moment after now until it is stopped.
func (s *site) startWarming(ctx context.Context) (stop context.CancelFunc) {
	ctx, stop = context.WithCancel(ctx)
	if s.release != "" {
		go func() {
			select {
			case <-time.After(warmAfter):
				s.warm(ctx)
			case <-ctx.Done():
			}
		}()
	}
	return stop
}

// lookEvery is how often the home is asked whether it points to another release: a new one shows within a second.
const lookEvery = 100 * time.Millisecond

// retryAfter is how long a release that is not whole is left alone: it may be made again under its name.
const retryAfter = time.Minute

// follow swaps to whatever release is wanted, until ctx ends or the server does. A release that is not
// whole is left alone, and the one before goes on being served.
func (s *site) follow(ctx context.Context, served <-chan error) error {
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	refused, again := "", time.Time{}
	stop := s.startWarming(ctx)
	defer func() { stop() }()
	for {
		select {
		case err := <-served:
			return err
		case <-ctx.Done():
			return nil
		case <-look.C:
		}
		id := s.wanted()
		if id == "" || id == s.release || id == refused && time.Now().Before(again) {
			continue
		}
		stop() // a page that is being rendered is finished, and no more: opening needs the cores
		if err := s.swap(ctx, id); err != nil {
			refused, again = id, time.Now().Add(retryAfter)
			s.server.Refuse(true)
			s.log.Error("the new release is not served", "release", id, "error", err)
		} else {
			s.log.Info("serving", "release", id)
		}
		stop = s.startWarming(ctx)
	}
}

// swap opens a release and answers from it. Requests under way finish with the one before. A replica's home points to
// a release only once it is served, so that a restart begins with one that could be opened.
func (s *site) swap(ctx context.Context, id string) error {
	if s.replica == nil {
		if err := newBuilder(s.home).Behind(id); err != nil {
			return err
		}
	}
	m, err := release.Of(s.home, id)
	if err != nil {
		return err
	}
	snapshot, err := openFile(ctx, release.Path(s.home, m.ID), m)
	if err != nil {
		return err
	}
	if err := s.server.Publish(snapshot); err != nil {
		return err
	}
	before := s.release
	s.release = m.ID
	s.purger.switched(m.ID)
	if s.replica == nil {
		return nil
	}
	return errors.Join(release.Point(s.home, m.ID), release.Prune(s.home, m.ID, before))
}

// open makes sure that the home has a release, and a server that answers from it. The server is made
// ready while the release is opened.
func open(ctx context.Context, s settings, log *slog.Logger) (*site, error) {
	// Nearly all that is read while opening is kept, so collecting it meanwhile is work for nothing.
	debug.SetGCPercent(collectWhileOpening)
	defer debug.SetGCPercent(collectWhileServing)
	from, err := newReplica(s, log)
	if err != nil {
		return nil, err
	}
	var server *server.Server
	var snapshot *analytics.Snapshot
	var both errgroup.Group
	both.Go(func() (err error) {
		server, err = newServer(s, log)
		return err
	})
	both.Go(func() (err error) {
		if from != nil {
			snapshot, err = from.open(ctx)
		} else {
			snapshot, err = openRelease(ctx, s.Home, log)
		}
		return err
	})
	if err := both.Wait(); err != nil {
		return nil, err
	}
	opened := &site{home: s.Home, log: log, server: server, replica: from}
	if snapshot == nil { // a replica that has nothing to serve yet
		return opened, nil
	}
	if err := server.Publish(snapshot); err != nil {
		return nil, err
	}
	opened.release = snapshot.Release().ID
	return opened, nil
}

func newServer(s settings, log *slog.Logger) (*server.Server, error) {
	manifest, errManifest := static.Manifest()
	drawing, errDrawing := static.Drawing()
	raster, errRaster := static.Raster()
	if err := errors.Join(errManifest, errDrawing, errRaster); err != nil {
		return nil, fmt.Errorf("assets: %w", err)
	}
	var access *slog.Logger
	if s.Access {
		access = log
	}
	return server.New(server.Config{
		Limits: s.Limits,
		Access: access,

		ClientHeader: s.Client,
		Assets:       static.Dist(),
		Manifest:     manifest,
		Log:          log,
		Now:          time.Now,
		Drawing:      drawing,
		Raster:       raster,
		Site:         s.Site,
		Contact:      s.Contact,
		Publisher:    s.Publisher,
		Static:       s.static,
		SharedCache:  s.Shared,
		PublicLog:    func() (log, checkpoint []byte, err error) { return release.PublicLog(s.Home) },
		Earlier:      func(ctx context.Context, id string) (*analytics.Snapshot, error) { return earlier(ctx, s.Home, id) },
	})
}

// openRelease opens home's release, made first where it has none that can be served, and takes a snapshot of it.
func openRelease(ctx context.Context, home string, log *slog.Logger) (*analytics.Snapshot, error) {
	if err := os.MkdirAll(home, 0o755); err != nil {
		return nil, fmt.Errorf("home: %w", err)
	}
	var snapshot *analytics.Snapshot // of the release that was opened last, which is the one that Ensure returns
	builder := newBuilder(home)
	builder.Opens = func(ctx context.Context, file string, m release.Manifest) (err error) {
		snapshot, err = openFile(ctx, file, m)
		return err
	}
	m, instead, err := builder.Ensure(ctx)
	if err != nil {
		return nil, fmt.Errorf("release: %w", err)
	}
	switch {
	case errors.Is(instead, release.ErrNone):
		log.Info("built a release of the shipped record", "release", m.ID)
	case instead != nil:
		log.Warn("the release that was current is made again, or another is served in its place", "release", m.ID,
			"origin", m.Origin, "because", instead)
	}
	return snapshot, nil
}

// opens fails where the site could not serve a release.
func opens(ctx context.Context, file string, m release.Manifest) error {
	store, _, err := load(ctx, file, m)
	if err != nil {
		return err
	}
	return store.Close()
}

// newBuilder returns what makes the releases of a home, and knows what its register published.
func newBuilder(home string) release.Builder {
	return release.Builder{Home: home, Record: data.Record(), Queries: queries.Files(), Now: time.Now,
		Published: func() (string, error) { return register.LastPublished(home) }}
}

// openFile opens the database of a release and takes a snapshot of it. The database stays open as long as the
// snapshot is in use: pages ask it.
func openFile(ctx context.Context, path string, m release.Manifest) (*analytics.Snapshot, error) {
	store, snapshot, err := load(ctx, path, m)
	if err != nil {
		return nil, err
	}
	// nobody is left to tell of an error
	runtime.AddCleanup(snapshot, func(store *duck.Store) { _ = store.Close() }, store)
	return snapshot, nil
}

// load opens the database of a release and takes a snapshot of it, which is good until the database is closed.
func load(ctx context.Context, path string, m release.Manifest) (*duck.Store, *analytics.Snapshot, error) {
	store, err := duck.Open(path, analytics.Release{ID: m.ID, Built: m.Built}, queries.Files())
	if err != nil {
		return nil, nil, err
	}
	snapshot, err := analytics.Load(ctx, store)
	if err != nil {
		return nil, nil, errors.Join(err, store.Close())
	}
	return store, snapshot, nil
}
