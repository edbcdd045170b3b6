package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/spf13/cobra"

	"yardstick/analytics"
	"yardstick/dashboards/assistant"
	"yardstick/data/release"
)

func mcpCommand(s *settings, version string, out, errOut io.Writer) *cobra.Command {
	var address string
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: "Answer an assistant's questions by the Model Context Protocol",
		Long: "Mcp offers the questions of the interface as tools: areas, inspections, results, benchmarks, comparisons, " +
			"trends,\nindicators and sources. Every answer has its release, sources, verdict, warnings and caveats. " +
			"A difference that the\nsite would not state is refused with the reasons. Without --addr it speaks on its " +
			"standard input and output.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			log := logger(errOut, s.Verbose)
			current := &currentRelease{home: s.Home, log: log}
			server, err := assistant.New(cmd.Context(), current, version, log)
			if err != nil {
				return err
			}
			if address != "" {
				return serveAssistants(cmd.Context(), *s, address, server, log)
			}
			err = server.Run(cmd.Context(), &mcp.IOTransport{Reader: io.NopCloser(cmd.InOrStdin()), Writer: unclosed{out}})
			if cmd.Context().Err() != nil || errors.Is(err, io.EOF) {
				return nil
			}
			return err
		},
	}
	cmd.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases")
	cmd.Flags().StringVar(&address, "addr", "",
		"address to answer on over HTTP, of this machine alone, such as 127.0.0.1:8082; empty for standard input and output")
	cmd.Flags().DurationVar(&s.Drain, "drain", s.Drain, "how long requests under way may take when stopping")
	cmd.Flags().BoolVar(&s.Verbose, "verbose", s.Verbose, "log more")
	return cmd
}

// unclosed is a stream that the program still writes to when a session ends.
type unclosed struct{ io.Writer }

// Close does nothing.
func (unclosed) Close() error { return nil }

// serveAssistants answers over HTTP until ctx ends.
func serveAssistants(ctx context.Context, s settings, address string, server *mcp.Server, log *slog.Logger) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	at, ok := listener.Addr().(*net.TCPAddr)
	if !ok || !at.IP.IsLoopback() {
		return errors.Join(fmt.Errorf("--addr %s: assistants are answered on this machine alone: use 127.0.0.1", address),
			listener.Close())
	}
	web := assistant.HTTP(server, log)
	served := make(chan error, 1)
	go func() { served <- web.Serve(listener) }()
	log.Info("serving", "url", "http://"+listener.Addr().String()+"/")
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	draining, cancel := context.WithTimeout(context.Background(), s.Drain)
	defer cancel()
	if err := web.Shutdown(draining); err != nil {
		return errors.Join(err, web.Close())
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// currentRelease opens the release that a home points to, again when it points to another.
type currentRelease struct {
	home string
	log  *slog.Logger

	mu       sync.Mutex
	snapshot *analytics.Snapshot
	refused  string // id of a release that could not be opened
}

// Snapshot implements assistant.Answers. While a newer release cannot be opened, it is the one before.
func (c *currentRelease) Snapshot(ctx context.Context) (*analytics.Snapshot, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	id := release.CurrentID(c.home)
	if c.snapshot == nil {
		snapshot, err := openRelease(ctx, c.home, c.log)
		c.snapshot = snapshot
		return snapshot, err
	}
	if id == "" || id == c.refused || id == c.snapshot.Release().ID {
		return c.snapshot, nil
	}
	m, err := release.Of(c.home, id)
	if err == nil {
		var snapshot *analytics.Snapshot
		if snapshot, err = openFile(context.WithoutCancel(ctx), release.Path(c.home, id), m); err == nil {
			c.snapshot = snapshot
			return snapshot, nil
		}
	}
	if errors.Is(err, os.ErrNotExist) {
		return c.snapshot, nil // it is being replaced
	}
	c.refused = id
	c.log.Error("the new release is not answered from", "release", id, "error", err)
	return c.snapshot, nil
}
