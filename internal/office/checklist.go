package office

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"yardstick/analytics"
	"yardstick/data/finding"
	"yardstick/data/register"
	"yardstick/internal/office/store"
)

// check is one thing to be sure of before publishing.
type check struct {
	Name     string // a message's key ends in it
	Pass     bool
	Unknown  bool     // nobody looked at it yet
	Found    []string // what is wrong, where that was looked at
	Accepted string   // why it may be open, as a person said before
	By       string   // who said it
}

// Key is the message that says what is to be sure of.
func (k check) Key() string { return "office.check." + k.Name }

// failing are the checks that do not pass.
func failing(checks []check) []check {
	return slices.DeleteFunc(slices.Clone(checks), func(k check) bool { return k.Pass })
}

// checks are what to be sure of before publishing. Those about sources and Welsh are as the last examination found.
func (c *call) checks(receipt register.Receipt, b beside) ([]check, error) {
	i := c.item
	if i.Entry == nil || i.Public != nil || i.Left != nil {
		return nil, nil
	}
	if i.Parent > 0 { // it goes with a publication that was looked at
		all := []check{{Name: "approved", Pass: i.approved()}, {Name: "parent", Pass: !i.waits()}}
		return all, c.accepted(all)
	}
	previewed, err := c.Store.SeenSince(c.Context(), i.ID, i.Person, i.Entry.At)
	if err != nil {
		return nil, err
	}
	examined, err := c.Store.Examination(c.Context(), i.ID, i.Import)
	if err != nil {
		return nil, err
	}
	announced := slices.ContainsFunc(register.AnnouncedIn(i.Journal), func(a register.Announced) bool {
		return isOf(a, i.Import) && a.Public && i.agrees(a.Expected)
	})
	all := []check{
		{Name: "errors", Pass: true},
		{Name: "warnings", Pass: len(receipt.Warnings) == 0},
		{Name: "approved", Pass: i.approved()},
		{Name: "preview", Pass: previewed},
		{Name: "embargo", Pass: i.Entry.Embargo != nil},
		{Name: "announced", Pass: announced},
		{Name: "readers", Pass: !slices.ContainsFunc(b.Readers, func(r store.Reader) bool {
			return c.Now().Before(r.Until) && (i.Embargo == nil || r.Until.After(i.Embargo.Instant))
		})},
	}
	for _, name := range []string{"welsh", "sources"} {
		found, looked := examined.Found[name]
		k := check{Name: name, Pass: looked && len(found) == 0, Unknown: !looked}
		for _, f := range found {
			k.Found = append(k.Found, c.say("office.examine."+f.Key, "What", f.What, "Why", f.Why))
		}
		all = append(all, k)
	}
	if len(inspectionsOf(receipt)) > 0 {
		replied := len(b.Replies) > 0 &&
			!slices.ContainsFunc(b.Replies, func(r replied) bool { return r.Open || r.undecided() })
		approved := !slices.ContainsFunc(i.With, func(w *item) bool { return !w.approved() })
		all = append(all, check{Name: "plan", Pass: len(b.Planned) > 0}, check{Name: "reply", Pass: replied},
			check{Name: "companions", Pass: approved})
	}
	return all, c.accepted(all)
}

// agrees says whether an announced time is that of the publication's embargo, as exactly as it was announced.
func (i *item) agrees(expected string) bool {
	return i.Embargo == nil || strings.HasPrefix(i.Embargo.Words, expected)
}

// accepted says of checks that do not pass who said why they may be open.
func (c *call) accepted(checks []check) error {
	for _, e := range c.item.Entries {
		if e.Act != register.ActAccept || e.Erased {
			continue
		}
		var point acceptedPoint
		if err := c.readDocument(e, &point); err != nil {
			return err
		}
		for n := range checks {
			if checks[n].Name == point.Check {
				checks[n].Accepted, checks[n].By = point.Why, e.By
			}
		}
	}
	return nil
}

// accept keeps why each check that does not pass may be open, in the words of who publishes. It says which field has
// none; empty where all have.
func (c *call) accept(checks []check) (missing string, err error) {
	reasons := make(map[string]string)
	for _, k := range failing(checks) {
		why, ok := c.words("accepted-" + k.Name)
		if !ok {
			return "accepted-" + k.Name, nil
		}
		reasons[k.Name] = why
	}
	if !c.confirmed(subject("publish", c.item)) {
		return "", errTouch
	}
	for _, k := range failing(checks) {
		if why := reasons[k.Name]; why != k.Accepted {
			err = errors.Join(err, c.keep(register.ActAccept, acceptedPoint{c.item.Import, k.Name, why}, why, c.item.Import))
		}
	}
	return "", err
}

// errTouch says that no passkey was touched for a decision.
var errTouch = errors.New("no passkey was touched for this decision")

// The bounds of an examination.
const (
	mostAddresses = 30
	mostAtOnce    = 5
	addressWithin = 5 * time.Second
)

// Reach asks whether something answers at an address.
type Reach func(ctx context.Context, address string) error

// examine looks at what a publication would show: whether its Welsh is complete, and whether its sources answer.
func examine(c *call) error {
	if !c.item.previewable() {
		return errNotFound
	}
	p, err := c.previewOf(c.Context(), c.item)
	if err != nil {
		return err
	}
	receipt, err := c.difference(c.Context(), c.item)
	if err != nil {
		return err
	}
	found := map[string][]store.Fault{"welsh": {}, "sources": {}}
	var cited []string
	for _, id := range inspectionsOf(receipt) {
		i, err := p.snapshot.Inspection(id)
		if err != nil {
			continue // it was withdrawn
		}
		area, err := p.snapshot.Area(i.Area)
		if err == nil && area.Nation == "wales" && area.Name.CY == "" {
			found["welsh"] = append(found["welsh"], store.Fault{Key: "area", What: area.Name.EN})
		}
		for _, r := range i.Results {
			cited = append(cited, r.Sources...)
		}
		for _, f := range p.snapshot.FindingsOf(id) {
			cited = append(cited, f.Sources...)
			if f.Text.CY == "" || f.Text.CY == f.Text.EN {
				found["welsh"] = append(found["welsh"], store.Fault{Key: "text", What: finding.Clip(f.Text.EN, 80)})
			}
		}
	}
	slices.Sort(cited)
	found["sources"] = c.unreachable(c.Context(), p.snapshot.SourcesOf(slices.Compact(cited)))
	if err := c.Store.PutExamination(c.Context(), c.item.ID, c.item.Import, c.person.Name, found); err != nil {
		return err
	}
	return c.done(c.record("examined", c.item.ID, ""), publicationPath(c.item.ID), "office.done.examined")
}

// unreachable says which sources have no address that answers. Where none answers for want of a network, that is said
// once, in the place of all: nothing is known of them.
func (c *call) unreachable(ctx context.Context, sources []analytics.Source) []store.Fault {
	found := []store.Fault{}
	addresses := make(map[string]bool)
	for _, s := range sources {
		switch {
		case s.URL == "":
			found = append(found, store.Fault{Key: "no_address", What: s.Title})
		case len(addresses) < mostAddresses:
			addresses[s.URL] = true
		default:
			found = append(found, store.Fault{Key: "not_tried", What: s.URL})
		}
	}
	var asking errgroup.Group
	asking.SetLimit(mostAtOnce)
	var lock sync.Mutex
	failed := make(map[string]error)
	for address := range addresses {
		asking.Go(func() error {
			within, cancel := context.WithTimeout(ctx, addressWithin)
			defer cancel()
			if err := c.Reach(within, address); err != nil {
				lock.Lock()
				defer lock.Unlock()
				failed[address] = err
			}
			return nil
		})
	}
	_ = asking.Wait() // what failed is in its map
	offline := len(failed) > 0 && len(failed) == len(addresses)
	for _, err := range failed {
		var name *net.DNSError
		offline = offline && (errors.As(err, &name) || errors.Is(err, syscall.ENETUNREACH))
	}
	if offline {
		return append(found, store.Fault{Key: "offline", What: strconv.Itoa(len(addresses))})
	}
	for address, err := range failed {
		found = append(found, store.Fault{Key: "unreachable", What: address, Why: plainly(err)})
	}
	slices.SortFunc(found, func(a, b store.Fault) int { return strings.Compare(a.What, b.What) })
	return found
}

// plainly is the innermost reason of an error, on one line.
func plainly(err error) string {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return finding.Printable(finding.Clip(err.Error(), 120))
}

// errInside says that an address is of this machine or of a network inside.
var errInside = errors.New("the address is of a network inside, which is not asked")

// Reachable asks an address for its head, or for the document where a server refuses that. It asks no address of this
// machine or of a network inside: what a file cites must not make the office's machine ask those for anybody.
func Reachable(ctx context.Context, address string) error {
	dialer := &net.Dialer{Timeout: addressWithin, Control: func(_, host string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(host)
		if err != nil {
			return err
		}
		if ip := to.Addr().Unmap(); !ip.IsGlobalUnicast() || ip.IsPrivate() {
			return errInside
		}
		return nil
	}}
	client := &http.Client{Transport: &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true}}
	var status int
	for _, method := range []string{http.MethodHead, http.MethodGet} {
		request, err := http.NewRequestWithContext(ctx, method, address, nil)
		if err != nil {
			return err
		}
		request.Header.Set("User-Agent", "Yardstick (checks that sources can be read)")
		answer, err := client.Do(request)
		if err != nil {
			return err
		}
		status = answer.StatusCode
		if err := answer.Body.Close(); err != nil || status < http.StatusBadRequest {
			return err
		}
	}
	return fmt.Errorf("status %d", status)
}

// inspectionsOf are the inspections that an import brings or changes, the changed ones first.
func inspectionsOf(receipt register.Receipt) []string {
	var out []string
	for _, row := range slices.Concat(receipt.Changed, receipt.Added) {
		at := slices.Index(row.Columns, "inspection")
		if at >= 0 && !slices.Contains(out, row.After[at]) {
			out = append(out, row.After[at])
		}
	}
	return out
}
