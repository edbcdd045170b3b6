package office

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"yardstick/data/register"
	"yardstick/internal/office/store"
)

// traced is one thing that was seen or done.
type traced struct {
	store.Event
	Import string // what the journal says, for a decision
}

type auditView struct {
	All         []traced
	Person      string
	Publication string
	Act         string
	From, To    string
	People      []string
	Acts        []string
	More        bool // than the page shows
	File        string
	Checkpoint  string // of the journal, as it was signed
}

// mostTraced is how many lines the page shows; the file has all.
const mostTraced = 200

// acts are all that may be seen or done, in the order that the filter lists them.
func acts() []string {
	return []string{"view", "preview", "refused", "sent", "import", "correct", "back", "comment", "approve", "accept",
		"examined", "schedule", "unschedule", "accompany", "announce", "publish", "remake", "ask_lift", "lift", "kept_lift",
		"reader", "reader_ended", "reply_asked", "reply_seen", "reply", "outcome", "reply_ended", "asked", "withdraw", "kept",
		"ask_redact", "redact", "kept_redact", "erase", "notice", "plan", "sign_in", "codes", "sessions_ended",
		"person_added", "person_link", "person_email", "person_roles", "person_ended"}
}

// question reads the filter. Its days are those of London.
func (c *call) question() (q store.Question) {
	q.Person, q.Act = strings.TrimSpace(c.FormValue("person")), c.FormValue("act")
	if text := strings.TrimSpace(c.FormValue("publication")); text != "" {
		number, err := strconv.Atoi(text)
		if err != nil || number < 1 {
			c.wrong("publication", "number")
		}
		q.Publication = number
	}
	for id, to := range map[string]*time.Time{"from": &q.From, "to": &q.Until} {
		text := c.FormValue(id)
		if text == "" {
			continue
		}
		day, err := time.ParseInLocation(time.DateOnly, text, c.pages.london)
		if err != nil {
			c.wrong(id, "day")
		}
		if id == "to" {
			day = day.AddDate(0, 0, 1)
		}
		*to = day
	}
	return q
}

// traces returns everything that was seen and done, the newest first: the journal's decisions, and what the office's
// database has besides.
func (c *call) traces(q store.Question) ([]traced, error) {
	events, err := c.Store.Audit(c.Context(), q)
	if err != nil {
		return nil, err
	}
	items, err := c.items(c.Context())
	if err != nil {
		return nil, err
	}
	entries, err := c.Register.Journal()
	if err != nil {
		return nil, err
	}
	of, err := c.Store.SentBack(c.Context()) // publications by import
	if err != nil {
		return nil, err
	}
	var out []traced
	for _, e := range events {
		out = append(out, traced{Event: e})
	}
	for _, i := range items {
		of[i.Import] = i.ID
	}
	for _, e := range entries {
		t := traced{store.Event{At: e.At, Person: e.By, Act: string(e.Act)}, fmt.Sprintf("%d %.12s", e.Seq, e.Hash)}
		about, imports := "", e.Imports
		switch e.Act {
		case register.ActImport, register.ActCorrect:
			about, imports = e.File, []int{e.Seq}
		case register.ActNotice, register.ActPlan, register.ActReply, register.ActOutcome:
			_, about, _ = strings.Cut(e.File, "/")
		}
		for _, seq := range imports { // the one that is asked for, or the first
			if t.Publication == 0 || q.Publication > 0 && of[seq] == q.Publication {
				t.Publication = of[seq]
			}
		}
		if !q.Holds(t.Event) {
			continue
		}
		words, _, err := c.inWords(e)
		if err != nil {
			return nil, err
		}
		t.Words = strings.TrimSpace(about + " " + words)
		out = append(out, t)
	}
	slices.SortStableFunc(out, func(a, b traced) int { return b.At.Compare(a.At) })
	return out, nil
}

func audit(c *call) error {
	v := auditView{Person: c.FormValue("person"), Publication: c.FormValue("publication"), Act: c.FormValue("act"),
		From: c.FormValue("from"), To: c.FormValue("to"), Acts: acts(), File: "/audit.csv?" + c.URL.RawQuery}
	q := c.question()
	everybody, err := c.Store.People(c.Context())
	for _, p := range everybody {
		v.People = append(v.People, p.Name)
	}
	if err != nil {
		return err
	}
	if len(c.problems) > 0 {
		return c.page("audit", v)
	}
	q.Most = mostTraced + 1
	if v.All, err = c.traces(q); err != nil {
		return err
	}
	if v.More = len(v.All) > mostTraced; v.More {
		v.All = v.All[:mostTraced]
	}
	if v.Checkpoint, err = c.Register.Checkpoint(); err != nil {
		return err
	}
	return c.page("audit", v)
}

// auditFile is the same as a file.
func auditFile(c *call) error {
	q := c.question()
	if len(c.problems) > 0 {
		return errNotFound
	}
	all, err := c.traces(q)
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	c.w.Header().Set("Content-Disposition", `attachment; filename="audit.csv"`)
	out := csv.NewWriter(c.w)
	lines := [][]string{{"at", "person", "act", "publication", "journal", "words"}}
	for _, t := range all {
		lines = append(lines, []string{t.At.UTC().Format(time.RFC3339), inert(t.Person), t.Act,
			strconv.Itoa(t.Publication), t.Import, inert(t.Words)})
	}
	return out.WriteAll(lines)
}

// inert keeps a spreadsheet from taking what somebody wrote for a formula.
func inert(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
