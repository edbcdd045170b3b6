package office

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// traced is one thing that was seen or done.
type traced struct {
	At          time.Time
	Person      string
	Act         string // a message's key ends in it
	Publication int    // 0 for none
	Import      string // what the journal says, for a decision
	Words       string
}

type auditView struct {
	All         []traced
	Person      string
	Publication string
	People      []string
	More        int
	File        string
}

// mostTraced is how many lines the page shows; the file has all.
const mostTraced = 200

// traces returns everything that was seen and done, the newest first: the journal's decisions, and what the office's
// database has besides.
func (c *call) traces() ([]traced, error) {
	person := strings.TrimSpace(c.FormValue("person"))
	publication, _ := strconv.Atoi(c.FormValue("publication")) // none for what is no number
	events, err := c.Store.Events(c.Context(), publication, person)
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
	var out []traced
	for _, e := range events {
		out = append(out, traced{At: e.At, Person: e.Person, Act: e.Act, Publication: e.Publication, Words: e.Words})
	}
	of := make(map[int]int) // publications by import
	for _, i := range items {
		of[i.Import] = i.ID
	}
	for _, e := range entries {
		t := traced{At: e.At, Person: e.By, Act: string(e.Act), Import: fmt.Sprintf("%d %.12s", e.Seq, e.Hash), Words: e.Why}
		if takes(e) {
			t.Publication = of[e.Seq]
			t.Words = strings.TrimSpace(e.File + " " + e.Why)
		} else if len(e.Imports) == 1 {
			t.Publication = of[e.Imports[0]]
		}
		if (person == "" || strings.EqualFold(person, e.By)) && (publication == 0 || t.Publication == publication) {
			out = append(out, t)
		}
	}
	slices.SortStableFunc(out, func(a, b traced) int { return b.At.Compare(a.At) })
	return out, nil
}

func audit(c *call) error {
	all, err := c.traces()
	if err != nil {
		return err
	}
	v := auditView{All: all, Person: c.FormValue("person"), Publication: c.FormValue("publication"),
		File: "/audit.csv?" + c.URL.RawQuery}
	if v.More = len(all) - mostTraced; v.More > 0 {
		v.All = all[:mostTraced]
	}
	everybody, err := c.Store.People(c.Context())
	for _, p := range everybody {
		v.People = append(v.People, p.Name)
	}
	if err != nil {
		return err
	}
	return c.page("audit", v)
}

// auditFile is the same as a file.
func auditFile(c *call) error {
	all, err := c.traces()
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
