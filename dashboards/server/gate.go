package server

import (
	"container/list"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/valyala/fasthttp"
)

// Limits bound what readers can occupy. A zero is the default.
type Limits struct {
	Connections int // open at a time, of all readers
	PerAddress  int // open at a time from one IPv4 address or IPv6 /64; negative for no bound, as behind a proxy
}

// The default limits. A connection that asks for something takes about 40 KB.
const (
	DefaultConnections = 2048
	DefaultPerAddress  = 256
)

// descriptorsKept is how many file descriptors are left to everything that is no reader's connection: releases, their
// databases, listeners.
const descriptorsKept = 64

// sendBuffer is how many bytes the kernel is asked to keep of an answer that its reader does not read.
const sendBuffer = 128 << 10

// within returns the limits as they are used: with defaults, and below the limit of descriptors of the process.
func (l Limits) within() Limits {
	if l.Connections <= 0 {
		l.Connections = DefaultConnections
	}
	if l.PerAddress == 0 {
		l.PerAddress = DefaultPerAddress
	}
	var descriptors syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &descriptors) == nil && descriptors.Cur < 1<<30 {
		l.Connections = min(l.Connections, max(int(descriptors.Cur)-descriptorsKept, int(descriptors.Cur)/4, 1))
	}
	if l.PerAddress < 0 {
		l.PerAddress = l.Connections
	}
	l.PerAddress = min(l.PerAddress, l.Connections)
	return l
}

// gate is a listener that bounds connections. Where there is no room for a new one, the connection that has waited
// longest without a request gives way to it: of the same address where that has its share, of all otherwise. Where
// every one has a request under way, the new one is closed. No error but the listener's end ends it.
type gate struct {
	net.Listener
	limits Limits
	log    *slog.Logger
	count  func(open float64)

	mu      sync.Mutex
	open    int
	waiting *list.List // *guarded without a request under way, the longest first
	callers map[netip.Prefix]*caller
}

// caller is an address with its connections.
type caller struct {
	open    int
	waiting *list.List
}

// guarded is a connection that the gate let in. Its places are nil while it has a request under way.
type guarded struct {
	net.Conn
	gate      *gate
	from      netip.Prefix
	closing   sync.Once
	closed    bool
	inAll     *list.Element
	inCallers *list.Element
}

func newGate(listener net.Listener, limits Limits, log *slog.Logger) *gate {
	return &gate{Listener: listener, limits: limits.within(), log: log, waiting: list.New(),
		callers: make(map[netip.Prefix]*caller), count: func(float64) {}}
}

// The pauses after an error of the listener, such as one for want of descriptors: from the shortest, doubled each time.
const (
	shortestPause = 5 * time.Millisecond
	longestPause  = 500 * time.Millisecond
)

// Accept returns the next connection that there is room for.
func (g *gate) Accept() (net.Conn, error) {
	pause := shortestPause
	for {
		conn, err := g.Listener.Accept()
		switch {
		case err != nil && strings.Contains(err.Error(), net.ErrClosed.Error()): // listeners of tests say so in text
			return nil, err
		case err != nil:
			if pause == shortestPause {
				g.log.Warn("a connection could not be accepted", "error", err)
			}
			g.makeRoom()
			time.Sleep(pause)
			pause = min(2*pause, longestPause)
			continue
		}
		pause = shortestPause
		if c := g.admit(conn); c != nil {
			return c, nil
		}
	}
}

// admit lets a connection in, or closes it and returns nil.
func (g *gate) admit(conn net.Conn) net.Conn {
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetWriteBuffer(sendBuffer) // the kernel's own bound stays where it refuses
	}
	c := &guarded{Conn: conn, gate: g, from: addressOf(conn.RemoteAddr())}
	g.mu.Lock()
	from := g.callers[c.from]
	if from == nil {
		from = &caller{waiting: list.New()}
		g.callers[c.from] = from
	}
	var leaves *guarded
	full := true
	switch {
	case from.open >= g.limits.PerAddress:
		leaves = longest(from.waiting)
	case g.open >= g.limits.Connections:
		leaves = longest(g.waiting)
	default:
		full = false
	}
	if !full || leaves != nil {
		g.open++
		g.count(float64(g.open))
		from.open++
		c.wait()
	}
	if leaves != nil {
		leaves.leave()
	}
	if from.open == 0 {
		delete(g.callers, c.from)
	}
	g.mu.Unlock()
	switch {
	case leaves != nil:
		leaves.closeOnce() // nobody is left to tell
	case full:
		conn.Close() // as above
		return nil
	}
	return c
}

// makeRoom closes the connection that has waited longest.
func (g *gate) makeRoom() {
	g.mu.Lock()
	leaves := longest(g.waiting)
	if leaves != nil {
		leaves.leave()
	}
	g.mu.Unlock()
	if leaves != nil {
		leaves.closeOnce() // nobody is left to tell
	}
}

func longest(waiting *list.List) *guarded {
	if first := waiting.Front(); first != nil {
		return first.Value.(*guarded)
	}
	return nil
}

// addressOf returns whom a connection is counted for; the zero prefix where that has no address.
func addressOf(a net.Addr) netip.Prefix {
	tcp, ok := a.(*net.TCPAddr)
	if !ok {
		return netip.Prefix{}
	}
	address := tcp.AddrPort().Addr().Unmap()
	bits := 64 // what one subscriber is given of IPv6
	if address.Is4() {
		bits = 32
	}
	prefix, err := address.WithZone("").Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return prefix
}

// wait puts the connection last among those without a request. The gate is locked.
func (c *guarded) wait() {
	if c.closed || c.inAll != nil {
		return
	}
	c.inAll = c.gate.waiting.PushBack(c)
	c.inCallers = c.gate.callers[c.from].waiting.PushBack(c)
}

// work takes the connection from those without a request. The gate is locked.
func (c *guarded) work() {
	if c.inAll == nil {
		return
	}
	c.gate.waiting.Remove(c.inAll)
	c.gate.callers[c.from].waiting.Remove(c.inCallers)
	c.inAll, c.inCallers = nil, nil
}

// leave stops counting the connection. The gate is locked.
func (c *guarded) leave() {
	if c.closed {
		return
	}
	c.work()
	c.closed = true
	c.gate.open--
	c.gate.count(float64(c.gate.open))
	from := c.gate.callers[c.from]
	if from.open--; from.open == 0 {
		delete(c.gate.callers, c.from)
	}
}

func (c *guarded) closeOnce() (err error) {
	c.closing.Do(func() { err = c.Conn.Close() })
	return err
}

// Close closes the connection and makes room for another.
func (c *guarded) Close() error {
	c.gate.mu.Lock()
	c.leave()
	c.gate.mu.Unlock()
	return c.closeOnce()
}

// asks says that a whole request has arrived on a connection.
func asks(conn net.Conn) {
	if c, ok := conn.(*guarded); ok {
		c.gate.mu.Lock()
		c.work()
		c.gate.mu.Unlock()
	}
}

// answered says that an answer was written to a connection, which waits for its next request.
func answered(conn net.Conn, state fasthttp.ConnState) {
	if c, ok := conn.(*guarded); ok && state == fasthttp.StateIdle {
		c.gate.mu.Lock()
		c.wait()
		c.gate.mu.Unlock()
	}
}
