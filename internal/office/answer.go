package office

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"slices"
	"time"

	"yardstick/data/register"
	"yardstick/internal/office/store"
)

// answer is what an inspected service answered by a link, as the register keeps it.
type answer struct {
	Inspection string    `json:"inspection"`
	Contact    string    `json:"contact"` // who the link was given to
	Person     string    `json:"person"`  // who gave it
	Asked      time.Time `json:"asked"`
	Until      time.Time `json:"until"`
	Response   string    `json:"response,omitempty"` // for the public; empty where there is none
	Remarks    []remark  `json:"remarks,omitempty"`
}

// remark is what a service says of one of its figures.
type remark struct {
	About string `json:"about"`
	Words string `json:"words"`
	found
}

// found is what became of a remark. Outcome is one of outcomes, or empty before somebody decided.
type found struct {
	Outcome string `json:"outcome,omitempty"`
	Why     string `json:"why,omitempty"`
	Person  string `json:"by,omitempty"` // who decided
}

// replied is the right of reply of a service: its link, and what it answered.
type replied struct {
	store.Reply
	Open     bool      // the link may be used
	Answered time.Time // zero before
	Response string
	Remarks  []remark
}

// undecided says whether nobody said yet of some remark what became of it.
func (r replied) undecided() bool {
	return slices.ContainsFunc(r.Remarks, func(m remark) bool { return m.Outcome == "" })
}

// answerName is the name of the document of an answer, and outcomeName that of what became of its remarks.
func answerName(r store.Reply) string  { return "reply/" + r.Inspection + "/" + r.Key }
func outcomeName(r store.Reply) string { return "outcome/" + r.Inspection + "/" + r.Key }

// asService is the name under which a service decides. No person of the office can have it: it has a slash.
func asService(r store.Reply) string { return r.Contact + " / " + r.Inspection }

// answered says whether a reply is in the journal.
func answered(entries []register.Entry, r store.Reply) bool {
	return slices.ContainsFunc(entries, func(e register.Entry) bool {
		return e.Act == register.ActReply && e.File == answerName(r)
	})
}

// replies returns the replies of a publication, the oldest first: links from the database, and what was answered and
// decided from the journal. Where the database was lost, the journal alone has the reply, and its import says of which
// publication it is.
func (o *Office) replies(ctx context.Context, i *item) ([]replied, error) {
	links, err := o.Store.Replies(ctx)
	if err != nil {
		return nil, err
	}
	var out []replied
	known := make(map[string]bool)
	for _, link := range links {
		known[link.Key] = true
		if link.Publication == i.ID {
			out = append(out, replied{Reply: link, Open: link.Ended.IsZero() && o.Now().Before(link.Until)})
		}
	}
	for _, e := range i.Journal {
		key := path.Base(e.File)
		at := slices.IndexFunc(out, func(r replied) bool { return r.Key == key })
		lost := at < 0 && !known[key] && i.Import > 0 && slices.Contains(e.Imports, i.Import)
		if e.Act != register.ActReply && e.Act != register.ActOutcome || e.Erased || at < 0 && !lost {
			continue
		}
		content, err := o.Register.Document(e)
		if errors.Is(err, fs.ErrNotExist) {
			continue // it is being erased
		}
		if lost {
			out, at = append(out, replied{Reply: store.Reply{Key: key, Publication: i.ID}}), len(out)
		}
		if err == nil {
			err = out[at].takes(e, content)
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// takes adds to a reply what an entry of the journal says of it.
func (r *replied) takes(e register.Entry, content []byte) error {
	if e.Act == register.ActReply {
		var a answer
		err := json.Unmarshal(content, &a)
		r.Inspection, r.Contact, r.Person, r.Asked, r.Until = a.Inspection, a.Contact, a.Person, a.Asked, a.Until
		r.Open, r.Answered, r.Response, r.Remarks = false, e.At, a.Response, a.Remarks
		return err
	}
	var all []found
	err := json.Unmarshal(content, &all)
	for n := range min(len(all), len(r.Remarks)) {
		r.Remarks[n].found = all[n]
	}
	return err
}
