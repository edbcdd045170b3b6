package office

import (
	"errors"
	"net/url"
	"strconv"
	"strings"

	"yardstick/analytics"
	"yardstick/analytics/stats"
	"yardstick/data/release"
)

// yearRow is how the inspections of a year were rated.
type yearRow struct {
	Programme, Year string
	N               int
	Good            string // good or better
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
	root := ""
	if settings.PublicSite != "" {
		root = strings.TrimSuffix(settings.PublicSite, "/")
	}
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
	language := c.pages.languages[c.tag]
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
					row := yearRow{Programme: c.say("programme." + p.ID + ".short"), Year: strconv.Itoa(y.Year), N: y.N,
						Good: strconv.Itoa(share.Count), Share: language.Number(share.Percent, 0) + "%",
						Interval: c.say("target.between", "From", language.Number(share.Interval.Lower, 0)+"%", "To",
							language.Number(share.Interval.Upper, 0)+"%")}
					if root != "" {
						row.Href = root + pathIn(c.tag, "/trends") + "?" +
							url.Values{"programme": {p.ID}, "measure": {m.ID}}.Encode()
					}
					out = append(out, row)
				}
			}
		}
	}
	return out[max(0, len(out)-briefYears):], nil
}

// seriesOf says where a statistic of England and Wales is going; false where the release has none.
func (c *call) seriesOf(s *analytics.Snapshot, indicator, root string) (row seriesRow, ok bool, err error) {
	all := s.PlaceSeries(analytics.LevelNation, analytics.BothNations, indicator)
	if err := s.ReadTendencies(all); err != nil {
		return row, false, err
	}
	var t analytics.Tendency // of the series that reaches furthest
	for _, one := range all {
		if going := one.Tendency; going.Refusal == "" && going.Last.End.After(t.Last.End) {
			t, ok = going, true
		}
	}
	if !ok {
		return row, false, nil
	}
	language, kind := c.pages.languages[c.tag], s.Indicator(indicator)
	say := func(o analytics.Observation) string {
		decimals := 1
		if o.Value < 10 {
			decimals = 2
		}
		text := language.Number(o.Value, decimals)
		if o.Unit == string(analytics.UnitPercent) {
			text += "%"
		}
		return text + " (" + strconv.Itoa(o.End.Year()) + ")"
	}
	row = seriesRow{Name: c.say("indicator." + indicator), First: say(t.First), Last: say(t.Last),
		Change: c.say("tendency.word." + string(t.Direction))}
	switch {
	case t.Direction == stats.TrendNone || kind.Better == analytics.BetterNone:
	case t.Worse(kind):
		row.Change = c.say("tendency.for_worse", "Word", row.Change)
	default:
		row.Change = c.say("tendency.for_better", "Word", row.Change)
	}
	if root != "" {
		row.Href = root + pathIn(c.tag, "/indicators") + "?indicator=" + url.QueryEscape(indicator)
	}
	return row, true, nil
}
