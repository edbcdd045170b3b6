package office

import (
	"errors"
	"net/url"
	"strconv"
	"strings"

	"yardstick/analytics"
	"yardstick/data/release"
)

// yearRow is how the inspections of a year were rated.
type yearRow struct {
	Programme, Year string
	N               int
	Good            string // rated Good or Outstanding
	Share, Interval string // in percent
	Href            string
}

// seriesRow is where a published statistic of the whole country is going.
type seriesRow struct{ Name, First, Last, Change, Href string }

type briefView struct {
	Release, Day string
	Years        []yearRow
	Series       []seriesRow
	Year         int
	Chosen       int
	Capacity     int
	Outcomes     []decided // of what was chosen for this year
	Trends       string    // where the public pages have more; empty where the settings do not say
	None         bool
}

// briefYears is how many years of inspections the brief shows, and briefSeries which statistics.
const briefYears = 4

func briefSeries() []string {
	return []string{"fte_rate_per_100k", "reoffending_rate_percent", "custody_rate_per_1000",
		"cautions_and_sentences_rate_per_1000"}
}

// brief is the national review on one page to print.
func brief(c *call) error {
	s, err := c.current(c.Context())
	if errors.Is(err, release.ErrNone) {
		return c.page("brief", briefView{None: true})
	}
	if err != nil {
		return err
	}
	settings, err := c.Register.Settings()
	if err != nil {
		return err
	}
	root := strings.TrimSuffix(settings.PublicSite, "/")
	v := briefView{Release: s.Release().ID, Day: c.moment(s.Release().Published), Year: c.Now().Year()}
	if v.Years, err = c.ratedYears(s, root); err != nil {
		return err
	}
	for _, id := range briefSeries() {
		row, ok, err := c.seriesOf(s, id, root)
		if err != nil {
			return err
		}
		if ok {
			v.Series = append(v.Series, row)
		}
	}
	room, all, _, err := c.planned(v.Year)
	if err != nil {
		return err
	}
	for _, places := range room.Quarters {
		v.Capacity += places
	}
	for _, d := range all {
		if d.Choice != choiceChosen {
			continue
		}
		v.Chosen++
		d.Placed = c.placed(s, d.Figures)
		if d.Outcome, err = c.outcomeOf(s, d); err != nil {
			return err
		}
		if d.Outcome != nil {
			v.Outcomes = append(v.Outcomes, d)
		}
	}
	if root != "" {
		v.Trends = root + pathIn(c.tag, "/trends")
	}
	return c.page("brief", v)
}

// ratedYears are the newest years of overall ratings. Programmes ask different questions, so they stay apart.
func (c *call) ratedYears(s *analytics.Snapshot, root string) ([]yearRow, error) {
	w := c.pages.words(c.tag, s)
	var out []yearRow
	for _, p := range s.Programmes() {
		for _, m := range s.Measures(p.ID) {
			if m.Kind != analytics.KindOverall {
				continue
			}
			trends, err := s.Trends(p.ID, m.ID, analytics.GroupAll, "all")
			if err != nil {
				return nil, err
			}
			for _, trend := range trends {
				for _, y := range trend.Years {
					share := y.GoodShare()
					if share == nil || y.N == 0 {
						continue
					}
					row := yearRow{Programme: w.Say("programme." + p.ID + ".short"), Year: strconv.Itoa(y.Year), N: y.N,
						Good: strconv.Itoa(share.Count), Share: w.Number(share.Percent, 0) + "%",
						Interval: w.Interval(&share.Interval)}
					if root != "" {
						row.Href = root + pathIn(c.tag, "/trends") + "?" +
							url.Values{"programme": {p.ID}, "measure": {m.ID}}.Encode()
					}
					out = append(out, row)
				}
			}
		}
	}
	return out[max(0, len(out)-briefYears):], w.Err()
}

// seriesOf says where a statistic of England and Wales is going; false where the release has none.
func (c *call) seriesOf(s *analytics.Snapshot, indicator, root string) (row seriesRow, ok bool, err error) {
	all := s.PlaceSeries(analytics.LevelNation, analytics.BothNations, indicator)
	if err := s.ReadTendencies(all); err != nil {
		return row, false, err
	}
	var going *analytics.Series // that reaches furthest
	for n, one := range all {
		if t := one.Tendency; t.Refusal == "" && (going == nil || t.Last.End.After(going.Tendency.Last.End)) {
			going = &all[n]
		}
	}
	if going == nil {
		return row, false, nil
	}
	w := c.pages.words(c.tag, s)
	figure := func(o analytics.Observation) string { return w.Value(o) + " (" + strconv.Itoa(o.End.Year()) + ")" }
	row = seriesRow{Name: w.Indicator(indicator), First: figure(going.Tendency.First), Last: figure(going.Tendency.Last),
		Change: w.TendencyCell(*going).Text}
	if root != "" {
		row.Href = root + pathIn(c.tag, "/indicators") + "?indicator=" + url.QueryEscape(indicator)
	}
	return row, true, w.Err()
}
