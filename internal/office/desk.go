package office

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/target"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
	"yardstick/data/register"
	"yardstick/data/release"
)

// frozen are the desk's figures of an area on a day, as they are kept.
type frozen struct {
	Area        string                       `json:"area"`
	Rank        int                          `json:"rank"` // 0 where it has none
	Lower       int                          `json:"lower"`
	Upper       int                          `json:"upper"`
	Probability float64                      `json:"probability"` // of being among those of most concern
	Role        target.Role                  `json:"role,omitempty"`
	Figures     map[target.Criterion]float64 `json:"figures"`
	Reasons     map[string][]string          `json:"reasons"` // by language, for, against and not known
}

// deskRun is what the targeting desk said on a day, with all that was assumed.
type deskRun struct {
	Release     string    `json:"release"`
	Made        time.Time `json:"made"`
	Assumptions string    `json:"assumptions"` // as an address has them
	Of          int       `json:"of"`
	Ranked      int       `json:"ranked"`
	First       int       `json:"first"`
	Areas       []frozen  `json:"areas"` // those proposed, others that are ranked, and those that are not
}

// run asks the desk of a release, and keeps its answer.
func (p *pages) run(s *analytics.Snapshot, a target.Assumptions, asked url.Values, now time.Time) (deskRun, error) {
	desk, err := target.New(s).Board(a)
	if err != nil {
		return deskRun{}, err
	}
	r := deskRun{Release: s.Release().ID, Made: now.UTC(), Assumptions: asked.Encode(), Of: desk.Of, Ranked: desk.Ranked,
		First: desk.First}
	words := make(map[string]*view.Words)
	for _, tag := range i18n.Languages() {
		words[tag] = p.words(tag, s)
	}
	proposed := func(area string) int {
		return slices.IndexFunc(desk.Chosen, func(c target.Standing) bool { return c.Area == area })
	}
	others := slices.DeleteFunc(slices.Concat(desk.Areas, desk.Apart), func(one target.Standing) bool {
		return proposed(one.Area) >= 0
	})
	for _, standing := range slices.Concat(desk.Chosen, others) {
		f := frozen{Area: standing.Area, Rank: standing.Rank, Lower: standing.Lower, Upper: standing.Upper,
			Probability: standing.Probability, Role: standing.Role, Figures: make(map[target.Criterion]float64),
			Reasons: make(map[string][]string)}
		for _, in := range standing.Inputs {
			if in.Figure != nil {
				f.Figures[in.Criterion] = in.Figure.Value
			}
		}
		for tag, w := range words {
			for _, reason := range standing.Reasons {
				f.Reasons[tag] = append(f.Reasons[tag],
					w.Say("target."+string(reason.Kind))+": "+w.TargetReason(standing, reason))
			}
		}
		r.Areas = append(r.Areas, f)
	}
	for _, w := range words {
		if err := w.Err(); err != nil {
			return r, err
		}
	}
	return r, nil
}

// savedRun is a run that somebody saved.
type savedRun struct {
	deskRun
	Entry register.Entry
}

const runName = "plan/run"

// savedRuns returns the runs that were saved, the newest first.
func (o *Office) savedRuns() ([]savedRun, error) {
	entries, err := o.Register.Journal()
	if err != nil {
		return nil, err
	}
	var out []savedRun
	for _, e := range slices.Backward(entries) {
		if e.Act != register.ActPlan || e.File != runName {
			continue
		}
		run := savedRun{Entry: e}
		if err := o.readDocument(e, &run.deskRun); err != nil {
			return nil, err
		}
		out = append(out, run)
	}
	return out, nil
}

// field is an assumption on the form.
type field struct{ Name, Label, Value string }

// placed is an area of a run, in the call's language.
type placed struct {
	frozen
	Name    string
	Chance  string // in percent
	Reasons []string
}

type deskView struct {
	Fields  []field
	Run     *deskRun
	Entry   *register.Entry // of a run that was saved
	Day     string          // of the run
	Areas   []placed
	More    int
	Saved   []savedRun
	CanSave bool
	None    bool // there is no public release
}

// mostPlaced is how many areas beyond those proposed a page lists.
const mostPlaced = 30

// fields are the assumptions of the form.
func (c *call) fields(asked url.Values) []field {
	var out []field
	for _, name := range target.Params() {
		key := "target.field." + name
		if !c.pages.languages[c.tag].Has(key) {
			key = "criterion." + name
		}
		value := asked.Get(name)
		if weight, ok := target.DefaultWeights()[target.Criterion(name)]; ok && value == "" {
			value = strconv.FormatFloat(weight, 'g', -1, 64)
		}
		out = append(out, field{name, c.say(key), value})
	}
	return out
}

// placedAreas are areas by their names.
func (c *call) placedAreas(s *analytics.Snapshot, areas []frozen) []placed {
	var out []placed
	for _, f := range areas {
		out = append(out, c.placed(s, f))
	}
	return out
}

func (c *call) placed(s *analytics.Snapshot, f frozen) placed {
	return placed{f, c.areaName(s, f.Area), c.pages.languages[c.tag].Number(100*f.Probability, 0) + "%", f.Reasons[c.tag]}
}

// areaName is an area's name; its id where the release has it no more.
func (c *call) areaName(s *analytics.Snapshot, id string) string {
	if s != nil {
		if area, err := s.Area(id); err == nil {
			return area.Name.In(c.tag)
		}
	}
	return id
}

// asked are the assumptions that a form or an address has.
func (c *call) asked() url.Values {
	out := make(url.Values)
	for _, name := range target.Params() {
		if value := strings.TrimSpace(c.FormValue(name)); value != "" {
			out.Set(name, value)
		}
	}
	return out
}

// desk runs the targeting desk on the public release.
func desk(c *call) error { return c.deskWith(deskView{}) }

func (c *call) deskWith(v deskView) (err error) {
	asked := c.asked()
	v.CanSave, v.Fields = c.may(RightPlan), c.fields(asked)
	if v.Saved, err = c.savedRuns(); err != nil {
		return err
	}
	s, run, err := c.runOf(asked)
	invalid, ok := errors.AsType[*analytics.InvalidError](err)
	switch {
	case errors.Is(err, release.ErrNone):
		v.None = true
	case ok:
		c.wrong(invalid.Field, "assumption", "Value", invalid.Value)
	case err != nil:
		return err
	default:
		c.showRun(&v, s, run)
	}
	return c.page("desk", v)
}

// runOf runs the desk on the public release.
func (c *call) runOf(asked url.Values) (s *analytics.Snapshot, run deskRun, err error) {
	if s, err = c.current(c.Context()); err != nil {
		return nil, run, err
	}
	assumptions, err := target.Parse(asked.Get)
	if err != nil {
		return nil, run, err
	}
	run, err = c.pages.run(s, assumptions, asked, c.Now())
	return s, run, err
}

func (c *call) showRun(v *deskView, s *analytics.Snapshot, run deskRun) {
	v.Run, v.Day = &run, c.moment(run.Made)
	v.Areas = c.placedAreas(s, run.Areas)
	if v.More = len(v.Areas) - mostPlaced; v.More > 0 {
		v.Areas = v.Areas[:mostPlaced]
	}
}

// saveRun keeps what the desk says today, under a name.
func saveRun(c *call) error {
	why, ok := c.words("why")
	if !ok {
		c.wrong("why", "why")
		return c.deskWith(deskView{})
	}
	_, run, err := c.runOf(c.asked())
	if err != nil {
		return c.deskWith(deskView{}) // which says why
	}
	e, err := c.keepPlan(runName, run, why)
	return c.done(err, "/desk/"+strconv.Itoa(e.Seq), "office.done.run")
}

// keepPlan journals a decision about planning.
func (c *call) keepPlan(name string, what any, why string) (register.Entry, error) {
	return c.keepAs(register.Document{Act: register.ActPlan, Name: name, By: c.person.Name, Why: why}, what)
}

// showSaved shows a run as it was on its day, whatever was published since.
func showSaved(c *call) error {
	all, err := c.savedRuns()
	if err != nil {
		return err
	}
	saved, err := first(all, func(r savedRun) bool { return strconv.Itoa(r.Entry.Seq) == c.PathValue("run") })
	if err != nil {
		return err
	}
	s, err := c.current(c.Context())
	if err != nil && !errors.Is(err, release.ErrNone) {
		return err
	}
	asked, err := url.ParseQuery(saved.Assumptions)
	if err != nil {
		return err
	}
	v := deskView{Entry: &saved.Entry, Fields: c.fields(asked), Saved: all}
	c.showRun(&v, s, saved.deskRun)
	return c.page("desk", v)
}
