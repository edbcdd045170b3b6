package server

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// limitedSite is a site on a loopback port, with limits of connections.
func limitedSite(t *testing.T, limits Limits, wrap func(net.Listener) net.Listener) (address string) {
	t.Helper()
	s, _, err := newServer(Config{})
	if err != nil {
		t.Fatal(err)
	}
	s.config.Limits = limits
	if err := s.Publish(shipped(t)); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if wrap != nil {
		listener = wrap(listener)
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(listener) }()
	t.Cleanup(func() {
		if err := s.Shutdown(t.Context()); err != nil && t.Context().Err() == nil {
			t.Error(err)
		}
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	return listener.Addr().String()
}

// dialFrom connects from an address of the loopback network, on which every one is this machine's.
func dialFrom(t *testing.T, from, to string) net.Conn {
	t.Helper()
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}, Timeout: 5 * time.Second}
	conn, err := dialer.Dial("tcp", to)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// askOn asks for a path on a connection that stays open, and returns the status.
func askOn(conn net.Conn, path string) (int, error) {
	conn.SetDeadline(time.Now().Add(5 * time.Second)) // the next call says so
	if _, err := io.WriteString(conn, "GET "+path+" HTTP/1.1\r\nHost: yardstick.test\r\n\r\n"); err != nil {
		return 0, err
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return response.StatusCode, err
}

// One address has no more connections than its share: its own oldest one that asks for nothing gives way. Others keep
// theirs.
func TestConnectionsOfOneAddress(t *testing.T) {
	address := limitedSite(t, Limits{Connections: 100, PerAddress: 3}, nil)
	other := dialFrom(t, "127.0.0.9", address)
	if status, err := askOn(other, "/healthz"); status != 200 {
		t.Fatal(status, err)
	}
	var crowd []net.Conn
	for n := range 20 {
		conn := dialFrom(t, "127.0.0.2", address)
		if status, err := askOn(conn, "/healthz"); status != 200 {
			t.Fatalf("connection %d: status %d, %v", n, status, err)
		}
		crowd = append(crowd, conn)
	}
	open := 0
	for _, conn := range crowd {
		if status, _ := askOn(conn, "/healthz"); status == 200 {
			open++
		}
	}
	if open != 3 {
		t.Errorf("%d of the connections of one address are open, want 3", open)
	}
	if status, err := askOn(other, "/healthz"); status != 200 {
		t.Errorf("another address: status %d, %v", status, err)
	}
}

// However many connections ask for nothing, a new reader is let in.
func TestConnectionsOfAll(t *testing.T) {
	address := limitedSite(t, Limits{Connections: 10}, nil)
	for n := range 60 {
		conn := dialFrom(t, fmt.Sprintf("127.0.1.%d", 1+n), address)
		if n%3 == 0 {
			io.WriteString(conn, "GET / HTTP/1.1\r\nHost: ya") // a request that is never whole
		}
	}
	begun := time.Now()
	if status, err := askOn(dialFrom(t, "127.0.0.3", address), "/healthz"); status != 200 {
		t.Errorf("status %d, %v", status, err)
	}
	if took := time.Since(begun); took > time.Second {
		t.Errorf("a reader waits %s", took)
	}
}

// failing is a listener that fails as one does where the process or the machine has no descriptor left.
type failing struct {
	net.Listener
	failed atomic.Int64
}

func (f *failing) Accept() (net.Conn, error) {
	causes := []error{syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM, syscall.ECONNABORTED}
	if n := f.failed.Add(1); int(n) <= len(causes) {
		return nil, &net.OpError{Op: "accept", Net: "tcp", Err: causes[n-1]}
	}
	return f.Listener.Accept()
}

// No error of accepting a connection ends the server, which accepts the next one.
func TestAcceptErrorsAreSurvived(t *testing.T) {
	broken := new(failing)
	address := limitedSite(t, Limits{}, func(l net.Listener) net.Listener {
		broken.Listener = l
		return broken
	})
	if status, err := askOn(dialFrom(t, "127.0.0.1", address), "/healthz"); status != 200 || broken.failed.Load() < 6 {
		t.Errorf("after %d errors, status %d, %v", broken.failed.Load(), status, err)
	}
}

// The gate counts right whatever happens to its connections: nothing is left when all are closed.
func TestGateForgetsWhatIsClosed(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := newGate(listener, Limits{Connections: 4, PerAddress: 2}, slog.New(slog.DiscardHandler))
	accepted := make(chan net.Conn, 64)
	go func() {
		for {
			conn, err := g.Accept()
			if errors.Is(err, net.ErrClosed) {
				close(accepted)
				return
			}
			accepted <- conn
		}
	}()
	for n := range 30 {
		dialFrom(t, fmt.Sprintf("127.0.2.%d", 1+n%5), listener.Addr().String())
		select {
		case conn := <-accepted:
			if n%4 == 0 {
				asks(conn)
			}
			if n%7 == 0 {
				conn.Close()
				conn.Close()
			}
		case <-time.After(20 * time.Millisecond): // it was refused: the others have requests under way
		}
		g.mu.Lock()
		if g.open > 4 || g.open < g.waiting.Len() {
			t.Errorf("%d are open and %d wait", g.open, g.waiting.Len())
		}
		for from, c := range g.callers {
			if c.open > 2 || c.open < c.waiting.Len() {
				t.Errorf("of %s, %d are open and %d wait", from, c.open, c.waiting.Len())
			}
		}
		g.mu.Unlock()
	}
	listener.Close()
}
