package cache

import (
	"errors"
	"slices"
	"sync"
	"time"
)

// ErrBusy says that too many others wait for answers that are not kept.
var ErrBusy = errors.New("too many clients wait for answers that are not kept")

// ErrLeft says that nobody waits for the answer any more, so that it was not made.
var ErrLeft = errors.New("the client has left")

// patience is how long a client waits for its turn. Browsers wait longer.
const patience = 3 * time.Second

// room is how many may wait for one kind of work.
const room = 16

// Kind is a kind of work. Kinds take turns, so that a crowd that wants one does not hold up another.
type Kind int

// The kinds of work. Work that is done ahead waits for all others.
const (
	Page Kind = iota
	Table
	Image
	Desk
	Permanent
	Background
	kinds
)

// Client is whom an answer is made for.
type Client struct {
	Address string      // of those who share a fair share
	Left    func() bool // whether the client has hung up; nil where that is not known
}

// Budget lets little work run at a time, whatever the number of clients. The zero Budget is not usable.
type Budget struct {
	mu     sync.Mutex
	free   int
	queues [kinds]queue
	next   Kind // whose turn it is
}

// queue are those who wait for one kind of work, by address. Addresses take turns.
type queue struct {
	length int
	lines  []*line
}

// line are those who wait at one address, the first first.
type line struct {
	address string
	waiting []*waiter
}

// waiter is told nil when it is its turn, and an error where it is turned away.
type waiter struct {
	client Client
	turn   chan error
}

// NewBudget returns a Budget for so much work at a time.
func NewBudget(limit int) *Budget { return &Budget{free: limit} }

// Run does work when it is its turn. It returns ErrBusy at once where too many wait for that kind of work, or after a
// while where it takes longer than a client would wait, and ErrLeft where the client left meanwhile.
func Run[T any](b *Budget, kind Kind, client Client, work func() (T, error)) (T, error) {
	if err := b.acquire(kind, client); err != nil {
		var none T
		return none, err
	}
	defer b.release()
	return work()
}

// Waiting returns how many wait for their turn.
func (b *Budget) Waiting() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := 0
	for kind := range b.queues {
		n += b.queues[kind].length
	}
	return n
}

func (b *Budget) acquire(kind Kind, client Client) error {
	b.mu.Lock()
	if b.free > 0 {
		b.free--
		b.mu.Unlock()
		return nil
	}
	w := &waiter{client: client, turn: make(chan error, 1)}
	q := &b.queues[kind]
	if kind != Background && q.length >= room && !q.turnAwayFor(client.Address) {
		b.mu.Unlock()
		return ErrBusy
	}
	q.add(w)
	b.mu.Unlock()
	if kind == Background {
		return <-w.turn
	}
	waited := time.NewTimer(patience)
	defer waited.Stop()
	select {
	case err := <-w.turn:
		return err
	case <-waited.C:
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if q.remove(w) {
		return ErrBusy
	}
	return <-w.turn // its turn came at the same moment
}

// release lets the next one work.
func (b *Budget) release() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for {
		w := b.first()
		if w == nil {
			b.free++
			return
		}
		if w.client.Left != nil && w.client.Left() {
			w.turn <- ErrLeft
			continue
		}
		w.turn <- nil
		return
	}
}

// first takes whose turn it is from the queues, or returns nil where nobody waits.
func (b *Budget) first() *waiter {
	for range Background {
		q := &b.queues[b.next]
		b.next = (b.next + 1) % Background
		if q.length > 0 {
			return q.first()
		}
	}
	if q := &b.queues[Background]; q.length > 0 {
		return q.first()
	}
	return nil
}

func (q *queue) add(w *waiter) {
	q.length++
	at := q.lineOf(w.client.Address)
	if at < 0 {
		q.lines = append(q.lines, &line{address: w.client.Address})
		at = len(q.lines) - 1
	}
	q.lines[at].waiting = append(q.lines[at].waiting, w)
}

func (q *queue) lineOf(address string) int {
	return slices.IndexFunc(q.lines, func(l *line) bool { return l.address == address })
}

// first takes the first of the address whose turn it is, which then has its next turn after the others.
func (q *queue) first() *waiter {
	l := q.lines[0]
	w := l.waiting[0]
	l.waiting = l.waiting[1:]
	q.length--
	q.lines = q.lines[1:]
	if len(l.waiting) > 0 {
		q.lines = append(q.lines, l)
	}
	return w
}

// turnAwayFor makes room for an address: the address that has most waiting loses its last, where it has at least two
// more than this one. It reports whether there is room.
func (q *queue) turnAwayFor(address string) bool {
	mine := 0
	if at := q.lineOf(address); at >= 0 {
		mine = len(q.lines[at].waiting)
	}
	most := slices.MaxFunc(q.lines, func(a, b *line) int { return len(a.waiting) - len(b.waiting) })
	if len(most.waiting) < mine+2 {
		return false
	}
	last := most.waiting[len(most.waiting)-1]
	q.remove(last)
	last.turn <- ErrBusy
	return true
}

// remove takes one from the queue, and reports whether it was there.
func (q *queue) remove(w *waiter) bool {
	at := q.lineOf(w.client.Address)
	if at < 0 {
		return false
	}
	l := q.lines[at]
	n := slices.Index(l.waiting, w)
	if n < 0 {
		return false
	}
	l.waiting = slices.Delete(l.waiting, n, n+1)
	if len(l.waiting) == 0 {
		q.lines = slices.Delete(q.lines, at, at+1)
	}
	q.length--
	return true
}
