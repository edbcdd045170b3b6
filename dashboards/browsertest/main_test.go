package browsertest

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"yardstick/analytics"
	"yardstick/analytics/duck"
	"yardstick/dashboards/server"
	"yardstick/data"
	"yardstick/data/release"
	"yardstick/queries"
	"yardstick/static"
)

var screenshots = flag.String("screenshots", os.Getenv("YARDSTICK_SCREENSHOTS"),
	"write a picture of every page to this directory")

// The site and the browser that all tests of the package share.
var (
	origin   string              // scheme and authority of the site
	snapshot *analytics.Snapshot // what the site answers from
	browser  context.Context     // a chromedp context: tabs are opened from it
)

func TestMain(m *testing.M) {
	flag.Parse()
	if testing.Short() {
		fmt.Println("skipped: these tests need a browser")
		return
	}
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "browsertest:", err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (int, error) {
	executable, err := chrome()
	if err != nil {
		return 0, err
	}
	temp, err := os.MkdirTemp("", "yardstick-browsertest-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(temp)

	stopSite, err := startSite(temp + "/home")
	if err != nil {
		return 0, fmt.Errorf("site: %w", err)
	}
	defer stopSite()
	stopBrowser, err := startBrowser(executable, temp+"/profile")
	if err != nil {
		return 0, fmt.Errorf("browser %s: %w", executable, err)
	}
	defer stopBrowser()
	return m.Run(), nil
}

// chrome is the browser to use: the one that CHROME names, else one on the path.
func chrome() (string, error) {
	if named := os.Getenv("CHROME"); named != "" {
		return exec.LookPath(named)
	}
	for _, name := range []string{"chromium", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New(
		"no browser found: install Chromium (on Debian, apt-get install chromium) or set CHROME to a browser")
}

// startSite serves the shipped record from a release of its own.
func startSite(home string) (stop func(), err error) {
	ctx := context.Background()
	if err := os.MkdirAll(home, 0o755); err != nil {
		return nil, err
	}
	manifest, err := static.Manifest()
	if err != nil {
		return nil, err
	}
	drawing, err := static.Drawing()
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	origin = "http://" + listener.Addr().String()
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	web, err := server.New(server.Config{
		Assets:   static.Dist(),
		Manifest: manifest,
		Log:      log,
		Now:      time.Now,
		Drawing:  drawing,
		Site:     origin,
	})
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	builder := release.Builder{Home: home, Record: data.Record(), Queries: queries.Files(), Now: time.Now}
	built, _, err := builder.Ensure(ctx)
	if err != nil {
		return nil, err
	}
	store, err := duck.Open(release.Path(home, built.ID), analytics.Release{ID: built.ID, Built: built.Built},
		queries.Files())
	if err != nil {
		return nil, err
	}
	if snapshot, err = analytics.Load(ctx, store); err == nil {
		err = web.Publish(snapshot)
	}
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	served := make(chan error, 1)
	go func() { served <- web.Serve(listener) }()
	return func() {
		draining, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		if err := errors.Join(web.Shutdown(draining), <-served, store.Close()); err != nil {
			fmt.Fprintln(os.Stderr, "browsertest: stopping the site:", err)
		}
	}, nil
}

// startBrowser starts a browser that reaches the loopback address and nothing else.
func startBrowser(executable, profile string) (stop func(), err error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(executable),
		chromedp.UserDataDir(profile),
		chromedp.DisableGPU,
		chromedp.NoFirstRun,
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-quic", true),
		// The library's own list, and what would start another process for most pages that are opened.
		chromedp.Flag("disable-features", "site-per-process,Translate,BlinkGenPropertyTrees,"+
			"BackForwardCache,SpareRendererForSitePerProcess,RenderDocument"),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		chromedp.WSURLReadTimeout(time.Minute), // the first start on a busy machine
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	// Newer browsers send events that the library has no type for; they are none that these tests listen to.
	ctx, _ := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {}))
	if err := chromedp.Run(ctx); err != nil {
		cancel()
		return nil, err
	}
	browser = ctx
	return func() {
		if err := chromedp.Cancel(ctx); err != nil {
			fmt.Fprintln(os.Stderr, "browsertest: stopping the browser:", err)
		}
		cancel()
	}, nil
}
