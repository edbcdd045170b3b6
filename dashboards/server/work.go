package server

import (
	"errors"
	"net"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/gofiber/fiber/v2"
	lru "github.com/hashicorp/golang-lru/v2/expirable"

	"yardstick/analytics"
	"yardstick/dashboards/cache"
)

// The addresses of mistakes that are kept, and for how long: one that is made again costs nothing.
const (
	mostMistakes = 1024
	mistakesKept = time.Minute
)

type mistakes = lru.LRU[string, error]

func newMistakes() *mistakes { return lru.NewLRU[string, error](mostMistakes, nil, mistakesKept) }

// workLimit is how much may be made at a time: one core is left to answers that are kept and to probes.
func workLimit() int { return max(runtime.GOMAXPROCS(0)-1, 1) }

// deskName is the name of the desk, as a page and in the interface.
const deskName = "target"

// ask is what an answer needs before it is made.
type ask struct {
	release string
	older   bool // the release is not the latest
	desk    bool // the desk answers
	kind    cache.Kind
}

// answerOn returns the answer under a key, kept or made now from the edition that is asked for. The edition is opened,
// and its desk prepared, before the answer has its turn: that takes seconds, and others need not wait for it.
func (s *Server) answerOn(
	latest *edition,
	answers *cache.Cache,
	key string,
	client cache.Client,
	a ask,
	work func(of *edition) (*cache.Body, error),
) (*cache.Body, error) {
	if a.kind != cache.Background {
		switch {
		case a.desk:
			a.kind = cache.Desk
		case a.older:
			a.kind = cache.Permanent
		}
	}
	if err, ok := latest.mistakes.Get(key); ok {
		return nil, err
	}
	for {
		body, err := answers.Get(key, func() (*cache.Body, error) {
			of, err := s.editionOf(latest, a.release, a.older, client)
			if err == nil && a.desk {
				err = s.prepare(of, client)
			}
			if err != nil {
				return nil, err
			}
			return cache.Run(s.budget, a.kind, client, func() (*cache.Body, error) { return work(of) })
		})
		if errors.Is(err, cache.ErrLeft) && !hasLeft(client) {
			continue // another asked first, and left
		}
		return body, latest.note(key, err)
	}
}

// note keeps an error that says that something does not exist, and returns it.
func (e *edition) note(key string, err error) error {
	if _, ok := errors.AsType[*analytics.NotFoundError](err); ok {
		e.mistakes.Add(strings.Clone(key), err)
	}
	return err
}

func hasLeft(client cache.Client) bool { return client.Left != nil && client.Left() }

// nobody is the client of what is made ahead.
var nobody = cache.Client{}

// clientOf returns whom a request's answer is made for.
func (s *Server) clientOf(c *fiber.Ctx) cache.Client {
	address := ""
	if s.config.ClientHeader != "" {
		address = c.Get(s.config.ClientHeader)
	}
	if address == "" {
		address = addressOf(c.Context().RemoteAddr()).String()
	}
	conn := c.Context().Conn()
	return cache.Client{Address: strings.Clone(address), Left: func() bool { return hungUp(conn) }}
}

// hungUp reports whether a client has closed its connection and sent nothing more.
func hungUp(conn net.Conn) bool {
	if c, ok := conn.(*guarded); ok {
		conn = c.Conn
	}
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return false
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return true
	}
	left := false
	err = raw.Control(func(fd uintptr) {
		var one [1]byte
		n, _, err := syscall.Recvfrom(int(fd), one[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		left = n == 0 && err == nil || errors.Is(err, syscall.ECONNRESET)
	})
	return left || err != nil
}
