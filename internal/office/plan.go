package office

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yardstick/analytics"
	"yardstick/data/register"
	"yardstick/data/release"
)

// The choices about an area in a year's programme.
const (
	choiceChosen   = "chosen"
	choiceRejected = "rejected"
)

// choice is a decision to inspect an area in a quarter, or not to, with the desk's figures of the day beside it. Its
// reason is the entry's.
type choice struct {
	Area    string `json:"area"`
	Choice  string `json:"choice"`
	Quarter int    `json:"quarter,omitempty"` // 1 to 4, of one that is chosen
	Run     int    `json:"run"`               // the entry of the saved run that the figures are of
	Release string `json:"release"`           // that the run was on
	Figures frozen `json:"figures"`
}

// capacity is how many inspections each quarter has room for.
type capacity struct {
	Quarters [4]int `json:"quarters"`
}

func choiceName(year int, area string) string { return fmt.Sprintf("plan/%d/%s", year, area) }

// capacityName is the name of the document of a year's capacity. No area is called so.
func capacityName(year int) string { return fmt.Sprintf("plan/%d", year) }

// decided is a choice as it stands, in the call's language.
type decided struct {
	choice
	Entry   register.Entry
	Placed  placed
	Outcome *outcome
}

// outcome is the first inspection of an area that came out after it was chosen or rejected.
type outcome struct{ Inspection, Published, Result, Href string }

// quarter is a quarter of a programme.
type quarter struct {
	Number   int
	Capacity int
	Chosen   []decided
}

// Over says whether more are chosen than there is room for.
func (q quarter) Over() bool { return len(q.Chosen) > q.Capacity }

// HasRoom says whether somebody set how many inspections the year has room for.
func (v planView) HasRoom() bool {
	return slices.ContainsFunc(v.Quarters, func(q quarter) bool { return q.Capacity > 0 })
}

type planView struct {
	Year     int
	Years    []int
	Quarters []quarter
	Rejected []decided
	Runs     []savedRun
	Areas    []placed // that may be chosen
	Choice   choice
	Why      string
	CanPlan  bool
}

// planned reads a year's programme from the journal: the last decision about an area counts.
func (o *Office) planned(year int) (room capacity, all []decided, years []int, err error) {
	entries, err := o.Register.Journal()
	if err != nil {
		return room, nil, nil, err
	}
	prefix := capacityName(year) + "/"
	for _, e := range entries {
		rest, ok := strings.CutPrefix(e.File, "plan/")
		if e.Act != register.ActPlan || !ok || e.File == runName {
			continue
		}
		number, _, _ := strings.Cut(rest, "/")
		if of, err := strconv.Atoi(number); err == nil && !slices.Contains(years, of) {
			years = append(years, of)
		}
		switch {
		case e.File == capacityName(year):
			err = o.readDocument(e, &room)
		case strings.HasPrefix(e.File, prefix):
			d := decided{Entry: e}
			err = o.readDocument(e, &d.choice)
			all = slices.DeleteFunc(all, func(had decided) bool { return had.Area == d.Area })
			all = append(all, d)
		}
		if err != nil {
			return room, nil, nil, err
		}
	}
	slices.Sort(years)
	return room, all, years, nil
}

// plans leads to the programme of this year.
func plans(c *call) error { return c.leave("/plan/"+strconv.Itoa(c.Now().Year()), "") }

// The years that a programme may be of.
const (
	firstYear = 2009
	lastYear  = 2100
)

func (c *call) year() (int, error) {
	year, err := strconv.Atoi(c.PathValue("year"))
	if err != nil || year < firstYear || year > lastYear {
		return 0, errNotFound
	}
	return year, nil
}

func plan(c *call) error { return c.planWith(planView{}) }

func (c *call) planWith(v planView) error {
	year, err := c.year()
	if err != nil {
		return err
	}
	room, all, years, err := c.planned(year)
	if err != nil {
		return err
	}
	s, err := c.current(c.Context())
	if err != nil && !errors.Is(err, release.ErrNone) {
		return err
	}
	if v.Runs, err = c.savedRuns(); err != nil {
		return err
	}
	v.Year, v.CanPlan, v.Years = year, c.may(RightPlan), years
	for _, extra := range []int{year, c.Now().Year(), c.Now().Year() + 1} {
		if !slices.Contains(v.Years, extra) {
			v.Years = append(v.Years, extra)
		}
	}
	slices.Sort(v.Years)
	for n, places := range room.Quarters {
		v.Quarters = append(v.Quarters, quarter{Number: n + 1, Capacity: places})
	}
	for _, d := range all {
		d.Placed = c.placed(s, d.Figures)
		if d.Outcome, err = c.outcomeOf(s, d); err != nil {
			return err
		}
		if d.Choice == choiceChosen {
			v.Quarters[d.Quarter-1].Chosen = append(v.Quarters[d.Quarter-1].Chosen, d)
		} else {
			v.Rejected = append(v.Rejected, d)
		}
	}
	if len(v.Runs) > 0 {
		v.Areas = c.placedAreas(s, v.Runs[0].Areas)
		slices.SortFunc(v.Areas, func(a, b placed) int { return strings.Compare(a.Name, b.Name) })
	}
	return c.page("plan", v)
}

// outcomeOf finds what came of a choice in the public release: the first inspection that was certainly published
// later.
func (c *call) outcomeOf(s *analytics.Snapshot, d decided) (*outcome, error) {
	if s == nil {
		return nil, nil
	}
	var first *analytics.Inspection
	for _, i := range s.InspectionsOf(d.Area) {
		if i.Earliest.After(d.Entry.At) && (first == nil || i.Earliest.Before(first.Earliest)) {
			first = &i
		}
	}
	if first == nil {
		return nil, nil
	}
	facts, err := c.pages.notice(c.tag, s, first.ID)
	if err != nil {
		return nil, err
	}
	out := &outcome{Inspection: first.ID, Published: facts.Published}
	var results []string
	for _, h := range facts.Headlines {
		if h.Overall {
			out.Result = h.Result
		}
		results = append(results, h.Measure+": "+h.Result)
	}
	if out.Result == "" {
		out.Result = strings.Join(results, "; ")
	}
	settings, err := c.Register.Settings()
	if settings.PublicSite != "" {
		out.Href = strings.TrimSuffix(settings.PublicSite, "/") + pathIn(c.tag, "/inspections/"+first.ID)
	}
	return out, err
}

// decidePlan sets a year's capacity, or chooses or rejects an area.
func decidePlan(c *call) error {
	year, err := c.year()
	if err != nil {
		return err
	}
	path := "/plan/" + strconv.Itoa(year)
	if c.FormValue("do") == "capacity" {
		var room capacity
		for n := range room.Quarters {
			id := "quarter-" + strconv.Itoa(n+1)
			places, err := strconv.Atoi(strings.TrimSpace(c.FormValue(id)))
			if err != nil || places < 0 || places > 100 {
				c.wrong(id, "capacity")
				return c.planWith(planView{})
			}
			room.Quarters[n] = places
		}
		_, err := c.keepPlan(capacityName(year), room, "")
		return c.done(err, path, "office.done.capacity")
	}
	v, run, err := c.chosen()
	if err != nil {
		return err
	}
	if len(c.problems) > 0 {
		return c.planWith(v)
	}
	v.Choice.Run, v.Choice.Release = run.Entry.Seq, run.Release
	_, err = c.keepPlan(choiceName(year, v.Choice.Area), v.Choice, v.Why)
	return c.done(err, path, "office.done.choice")
}

// chosen reads the form by which an area is chosen or rejected.
func (c *call) chosen() (v planView, run savedRun, err error) {
	all, err := c.savedRuns()
	if err != nil {
		return v, run, err
	}
	v.Choice = choice{Area: c.FormValue("area"), Choice: c.FormValue("choice")}
	of := func(f frozen) bool { return f.Area == v.Choice.Area }
	run, err = first(all, func(r savedRun) bool { return strconv.Itoa(r.Entry.Seq) == c.FormValue("run") })
	if err != nil {
		c.wrong("run", "run")
	} else if v.Choice.Figures, err = first(run.Areas, of); err != nil {
		c.wrong("area", "area")
	}
	switch v.Choice.Choice {
	case choiceRejected:
	case choiceChosen:
		v.Choice.Quarter, err = strconv.Atoi(c.FormValue("quarter"))
		if err != nil || v.Choice.Quarter < 1 || v.Choice.Quarter > 4 {
			v.Choice.Quarter = 0
			c.wrong("quarter", "quarter")
		}
	default:
		c.wrong("choice", "choice")
	}
	why, ok := c.words("why")
	if v.Why = why; !ok {
		c.wrong("why", "why")
	}
	return v, run, nil
}
