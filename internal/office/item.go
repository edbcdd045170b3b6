package office

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"yardstick/data/finding"
	"yardstick/data/ingest"
	"yardstick/data/register"
	"yardstick/internal/office/store"
)

// Status is where a publication stands, from the journal and the office's database together.
type Status string

// The statuses.
const (
	StatusErrors    Status = "errors"    // the file has errors: another is awaited
	StatusChecked   Status = "checked"   // the file could be handed in as a draft
	StatusBack      Status = "back"      // a reviewer sent it back
	StatusReview    Status = "review"    // somebody else is to approve it
	StatusApproved  Status = "approved"  // it may be published
	StatusScheduled Status = "scheduled" // it will be published at a moment
	StatusFailed    Status = "failed"    // it was to be published, and that failed
	StatusPublished Status = "published"
	StatusAsked     Status = "asked" // it is published, and somebody asks to withdraw it
	StatusWithdrawn Status = "withdrawn"
)

// trial is what the register would do with a file that it does not have.
type trial struct {
	Findings []finding.Finding // errors refuse the file
	Sheet    ingest.Excerpt    // the rows that they are about; empty where a recipe reads the file
	Receipt  register.Receipt
}

// refused says whether the file has errors.
func (t *trial) refused() bool { return slices.ContainsFunc(t.Findings, finding.Finding.Refuses) }

// item is a publication as it stands.
type item struct {
	store.Publication
	Status   Status
	Journal  []register.Entry // all of it, as it was when the publication was read
	Trial    *trial           // until the register has the file
	Embargo  *register.Embargo
	Entry    *register.Entry // of the import; nil before there is one
	Approval *register.Entry
	Public   *register.Entry // the publication that brought it, if it is public
	Left     *register.Entry // the withdrawal
	Lifted   bool
	Cleared  bool             // the office's database has none of its texts any more
	Entries  []register.Entry // all that are of it
	Asked    []store.Petition // what somebody asks for, to be confirmed
	Schedule schedule
	With     []*item   // what is published, lifted and withdrawn with it
	Under    *item     // the publication that it goes with; nil for one of its own
	Plans    []promise // the improvement plans of its inspections
}

// schedule says who decided that a publication is public at a moment; nobody where Person is empty.
type schedule struct {
	Person string
	At     time.Time
}

// Due says whether its embargo has lapsed.
func (i *item) Due(now time.Time) bool { return i.Lifted || i.Embargo.Due(now) }

// items returns every publication, the newest first. Imports that came by the command line are among them.
func (o *Office) items(ctx context.Context) ([]*item, error) {
	entries, rows, err := o.read(ctx)
	if err == nil && len(unknown(entries, rows)) > 0 {
		entries, rows, err = o.adopt(ctx)
	}
	if err != nil {
		return nil, err
	}
	asked, err := o.Store.Petitions(ctx)
	if err != nil {
		return nil, err
	}
	of := make(map[int]*item)
	var out []*item
	for _, row := range rows {
		i, err := stand(row, entries, asked)
		if err != nil {
			return nil, err
		}
		out, of[i.ID] = append(out, i), i
	}
	planned := make(map[string]bool)
	for _, i := range out {
		if i.Under = of[i.Parent]; i.Under == nil || i.Left != nil || i.Import == 0 {
			continue
		}
		i.Under.With = append(i.Under.With, i)
		plan, err := o.promised(i)
		if err != nil {
			return nil, err
		}
		if plan != nil && !planned[plan.Inspection] { // the newest counts
			planned[plan.Inspection] = true
			i.Under.Plans = append(i.Under.Plans, *plan)
		}
	}
	return out, nil
}

// read reads the database before the journal, which so has every import that the database names.
func (o *Office) read(ctx context.Context) ([]register.Entry, []store.Publication, error) {
	rows, err := o.Store.Publications(ctx)
	if err != nil {
		return nil, nil, err
	}
	entries, err := o.Register.Journal()
	return entries, rows, err
}

// find returns one publication; errNotFound where there is none of the number.
func (o *Office) find(ctx context.Context, id int) (*item, error) {
	items, err := o.items(ctx)
	if err != nil {
		return nil, err
	}
	return first(items, func(i *item) bool { return i.ID == id })
}

// first returns the first of all that fits; errNotFound where none does.
func first[T any](all []T, fits func(T) bool) (T, error) {
	if at := slices.IndexFunc(all, fits); at >= 0 {
		return all[at], nil
	}
	var none T
	return none, errNotFound
}

// takes says whether an entry took a file.
func takes(e register.Entry) bool { return e.Act == register.ActImport || e.Act == register.ActCorrect }

// unknown are the imports that stand or were public once, and that the journal alone knows: those of the command line,
// and all of them where the office's database was lost.
func unknown(entries []register.Entry, rows []store.Publication) []register.Entry {
	known := make(map[int]bool)
	for _, row := range rows {
		known[row.Import] = true
	}
	public := make(map[int]bool)
	for _, e := range entries {
		for _, seq := range e.Imports {
			switch e.Act {
			case register.ActPublish:
				public[seq] = true
			case register.ActWithdraw, register.ActRedact:
				known[seq] = known[seq] || !public[seq] // a draft that was sent back
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(entries), func(e register.Entry) bool { return !takes(e) || known[e.Seq] })
}

// adopt adds the imports to the publications that the journal alone knows. It waits for who is handing a file in, whose
// import is in the journal before the database says so.
func (o *Office) adopt(ctx context.Context) ([]register.Entry, []store.Publication, error) {
	o.taking.Lock()
	defer o.taking.Unlock()
	entries, rows, err := o.read(ctx)
	if err != nil {
		return nil, nil, err
	}
	var adopted []store.Publication
	for _, e := range unknown(entries, rows) {
		p := store.Publication{Person: e.By, File: e.File, Hash: e.Upload, Why: e.Why, State: store.StateReview,
			Import: e.Seq}
		if e.Embargo != nil {
			p.Embargo = e.Embargo.Words
		}
		if _, err := o.Store.AddPublication(ctx, p, store.File{}); err != nil {
			return nil, nil, err
		}
		adopted = append(adopted, p)
	}
	if err := o.restore(ctx, entries, adopted); err != nil {
		return nil, nil, err
	}
	o.reschedule()
	return o.read(ctx)
}

// stand works out where a publication stands.
func stand(row store.Publication, entries []register.Entry, asked []store.Petition) (*item, error) {
	i := &item{Publication: row, Journal: entries}
	i.Failed, i.Cleared = keptReason(row.Failed), row.File == ""
	for _, p := range asked {
		if p.About == strconv.Itoa(row.ID) {
			i.Asked = append(i.Asked, p)
		}
	}
	if row.Embargo != "" {
		embargo, err := register.ParseEmbargo(row.Embargo)
		if err != nil {
			return nil, err
		}
		i.Embargo = &embargo
	}
	if row.Import == 0 {
		return i, i.beforeRegister()
	}
	for n := range entries {
		e := &entries[n]
		names := slices.Contains(e.Imports, row.Import)
		switch {
		case e.Seq == row.Import && takes(*e):
			i.Entry, i.Embargo = e, e.Embargo // which may be that of an import it has rows in common with
		case !names && !(e.Act == register.ActPublish && i.Public != nil):
			continue
		case e.Act == register.ActApprove:
			i.Approval = e
		case e.Act == register.ActSchedule && i.Embargo != nil:
			i.Schedule = schedule{e.By, i.Embargo.Instant}
		case e.Act == register.ActUnschedule:
			i.Schedule = schedule{}
		case e.Act == register.ActLift:
			i.Lifted = true
		case e.Act == register.ActWithdraw || e.Act == register.ActRedact:
			i.Left, i.Schedule = e, schedule{}
		case e.Act == register.ActPublish && !names:
			i.Public = nil
			continue
		case e.Act == register.ActPublish && i.Public != nil:
			continue // it was public already
		case e.Act == register.ActPublish:
			i.Public, i.Schedule = e, schedule{}
		}
		i.Entries = append(i.Entries, *e)
	}
	if i.Entry != nil && i.Entry.Erased {
		i.File, i.Why = "–", ""
	}
	if i.Entry == nil {
		return nil, errors.New("the journal has no import " + row.File + ", which the office's database names")
	}
	i.Status = i.afterRegister()
	return i, nil
}

func (i *item) beforeRegister() error {
	i.Trial = new(trial)
	if err := json.Unmarshal(i.Publication.Trial, i.Trial); err != nil {
		return err
	}
	switch {
	case i.State == store.StateBack:
		i.Status = StatusBack
	case i.Trial.refused():
		i.Status = StatusErrors
	default:
		i.Status = StatusChecked
	}
	return nil
}

func (i *item) afterRegister() Status {
	switch {
	case i.Left != nil:
		return StatusWithdrawn
	case i.Public != nil && slices.ContainsFunc(i.Asked, func(p store.Petition) bool { return p.Act == actWithdraw }):
		return StatusAsked
	case i.Public != nil:
		return StatusPublished
	case i.Entry.Draft && i.Approval == nil:
		return StatusReview
	case i.Failed != "":
		return StatusFailed
	case i.Schedule.Person != "":
		return StatusScheduled
	}
	return StatusApproved
}

// approved says whether an import needs no approval, or has it.
func (i *item) approved() bool { return !i.Entry.Draft || i.Approval != nil }

// ready says whether somebody may decide when it is published.
func (i *item) ready() bool {
	return (i.Status == StatusApproved || i.Status == StatusFailed || i.Status == StatusScheduled) && !i.waits()
}

// waits says whether a publication goes with another that is not public yet: it is published with that one.
func (i *item) waits() bool { return i.Under != nil && i.Under.Public == nil }

// imports are the import of a publication and of what is published with it: what somebody approved.
func (i *item) imports() []int {
	out := []int{i.Import}
	for _, with := range i.With {
		if with.approved() {
			out = append(out, with.Import)
		}
	}
	return out
}

// whole are the imports of everything that goes with a publication, and its own last: a decision about all of them that
// was cut off is then tried again.
func (i *item) whole() []int {
	var out []int
	for _, with := range i.With {
		out = append(out, with.Import)
	}
	return append(out, i.Import)
}

// mine says whether a person sent the file.
func (i *item) mine(person string) bool { return strings.EqualFold(i.Person, person) }

// difference returns what an import did, which the register keeps for as long as the imports before it stand as they
// did. It is asked once, however many want it at the same time.
func (o *Office) difference(ctx context.Context, i *item) (register.Receipt, error) {
	if i.Import == 0 {
		return i.Trial.Receipt, nil
	}
	key := strconv.Itoa(i.Import) + " " + register.Basis(i.Journal, i.Import)
	if kept, ok := o.differences.Get(key); ok {
		return kept, nil
	}
	made, err, _ := o.differing.Do(key, func() (any, error) {
		receipt, err := o.Register.Difference(context.WithoutCancel(ctx), i.Import) // whoever hangs up, others wait
		if err == nil {
			o.differences.Add(key, receipt)
		}
		return receipt, err
	})
	return made.(register.Receipt), err
}
