package target

import (
	"cmp"
	"slices"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/stats"
)

// Skill is what a back-test allows to say.
type Skill string

// The verdicts, by where the 95% interval of the area under the curve lies.
const (
	SkillChance  Skill = "no_better_than_chance" // 0.5 is within it
	SkillBetter  Skill = "better_than_chance"
	SkillWorse   Skill = "worse_than_chance"
	SkillUnknown Skill = "too_few" // there is no interval
)

// Prediction says how well one score told poor ratings from good ones. The score of an area is its place by expected
// rank among all ranked on the day, 1 for the most concern and 0 for the least.
type Prediction struct {
	Inspections int // of areas that had a score
	Poor        int // of them rated less than good
	AUC         float64
	Interval    *stats.Interval // at 95%, by DeLong; nil where there is no spread
	Verdict     Skill
	Hits        int     // of the areas among the First of most concern, so many were inspected and rated poor
	Chosen      int     // and so many inspected
	Expected    float64 // hits if the inspected areas had been ordered at random
	AtLeast     float64 // probability of so many hits or more at random
	Bands       []Band  // calibration: the lowest scores first
}

// Band is a range of scores with the ratings that followed.
type Band struct {
	From, To    float64
	Inspections int
	Poor        int
	Share       float64
	Interval    stats.Interval // Wilson's, at 95%
}

// Backtest is the desk, with default weights, of each first of January and of July, against the overall ratings that
// were published in the six months that followed.
type Backtest struct {
	From, To    time.Time // the first and the last day
	Days        int
	Inspections int // published in the half-years, with an overall rating
	Undated     int // left out: whether they were published in a half-year or in another is not known
	First       int // how many areas of most concern hits are counted among
	Weights     Weights
	Desk        Prediction
	Criteria    map[Criterion]Prediction // each alone; last_result is the last result only
	Sources     []string                 // of the ratings
}

// The days of the back-test, and how many draws each answers by.
var (
	firstReplay = time.Date(2018, time.January, 1, 0, 0, 0, 0, time.UTC)
	lastReplay  = time.Date(2025, time.July, 1, 0, 0, 0, 0, time.UTC)
)

const (
	replayMonths = 6
	replayDraws  = 500
	bands        = 4
)

// scored is an inspection that followed a day, with the score that its area had.
type scored struct {
	day   int
	score float64
	first bool // among the First of most concern
	poor  bool
}

// backtest replays the desk.
func backtest(of statistics) Backtest {
	usual := DefaultAssumptions()
	b := Backtest{
		From:     firstReplay,
		To:       lastReplay,
		First:    usual.Places - usual.Strong,
		Weights:  usual.Weights,
		Criteria: make(map[Criterion]Prediction),
	}
	rated, followed := ratings(of.snapshot), make(map[string]bool)
	var desk []scored
	alone := make(map[Criterion][]scored)
	for day := firstReplay; !day.After(lastReplay); day = day.AddDate(0, replayMonths, 0) {
		e := gather(newReader(of, &day), replayDraws, false)
		var after []rating
		for _, r := range rated {
			if r.first.After(day) && !r.last.After(day.AddDate(0, replayMonths, 0)) {
				after = append(after, r)
				followed[r.inspection] = true
			}
		}
		desk = append(desk, e.score(usual.Weights, b.First, b.Days, after)...)
		for _, col := range e.columns {
			if col.Used {
				scores := e.score(Weights{col.Criterion: 1}, b.First, b.Days, after)
				alone[col.Criterion] = append(alone[col.Criterion], scores...)
			}
		}
		b.Days++
	}
	b.Inspections = len(followed)
	for _, r := range rated {
		if followed[r.inspection] {
			b.Sources = append(b.Sources, r.sources...)
		}
		if !followed[r.inspection] && r.last.After(firstReplay) &&
			!r.first.After(lastReplay.AddDate(0, replayMonths, 0)) {
			b.Undated++
		}
	}
	slices.Sort(b.Sources)
	b.Sources = slices.Compact(b.Sources)
	b.Desk = predict(desk, b.Days)
	for _, c := range Criteria() {
		if len(alone[c]) > 0 {
			b.Criteria[c] = predict(alone[c], b.Days)
		}
	}
	return b
}

// rating is an overall rating with the days that it may have been published on.
type rating struct {
	inspection, area string
	first, last      time.Time
	poor             bool
	sources          []string
}

// ratings are the overall ratings of inspections on the scale of words that has run since 2018.
func ratings(s *analytics.Snapshot) []rating {
	var out []rating
	for _, i := range s.Inspections() {
		overall, ok := i.Result("overall")
		if !ok {
			continue
		}
		level, ok := s.Scale(overall.Scale).Level(overall.Rating)
		if !ok {
			continue
		}
		out = append(out, rating{
			inspection: i.ID,
			area:       i.Area,
			first:      i.Earliest,
			last:       i.Latest,
			poor:       !level.GoodOrBetter,
			sources:    overall.Sources,
		})
	}
	return out
}

// score gives the inspections that followed a day the scores of their areas. Areas whose figures cover less than
// half of the weight have none. Those whose newest inspection the record lacks have one, without that result.
func (e *evidence) score(weights Weights, first, day int, after []rating) []scored {
	shares := e.shares(weights)
	var ranked []int
	for i := range e.reader.areas {
		known := 0.0
		for k, col := range e.columns {
			if col.inputs[i].Figure != nil {
				known += shares[k]
			}
		}
		if known >= leastKnown {
			ranked = append(ranked, i)
		}
	}
	if len(ranked) < 2 {
		return nil
	}
	ranks, err := stats.RankDraws(e.composites(ranked, shares, 0, e.draws), len(ranked), min(first, len(ranked)))
	if err != nil {
		return nil
	}
	order := make([]int, len(ranked)) // by probability, then expected rank
	for n := range order {
		order[n] = n
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(ranks[b].AmongFirst, ranks[a].AmongFirst),
			cmp.Compare(ranks[a].Expected, ranks[b].Expected))
	})
	places := make(map[string]int)
	for n, i := range ranked {
		places[e.reader.areas[i].ID] = n
	}
	var out []scored
	for _, r := range after {
		n, ok := places[r.area]
		if !ok {
			continue
		}
		out = append(out, scored{day: day, poor: r.poor, first: slices.Index(order, n) < first,
			score: 1 - (ranks[n].Expected-1)/float64(len(ranked)-1)})
	}
	return out
}

// predict sums up scored inspections.
func predict(all []scored, days int) Prediction {
	p := Prediction{Inspections: len(all), Verdict: SkillUnknown}
	scores, outcomes := make([]float64, len(all)), make([]bool, len(all))
	for n, s := range all {
		scores[n], outcomes[n] = s.score, s.poor
		if s.poor {
			p.Poor++
		}
	}
	if d, err := stats.Discriminate(scores, outcomes); err == nil {
		p.AUC = d.AUC
		if interval, err := d.Interval(stats.Confidence95); err == nil {
			p.Interval, p.Verdict = &interval, SkillChance
			switch {
			case interval.Lower > 0.5:
				p.Verdict = SkillBetter
			case interval.Upper < 0.5:
				p.Verdict = SkillWorse
			}
		}
	}
	p.hits(all, days)
	p.calibrate(all)
	return p
}

// hits counts poor ratings among the areas of most concern, and what chance would give: on each day, as many of the
// inspected areas drawn at random.
func (p *Prediction) hits(all []scored, days int) {
	chances := []float64{1} // of 0, 1, … hits over the days so far
	for day := range days {
		inspected, poor, chosen := 0, 0, 0
		for _, s := range all {
			if s.day != day {
				continue
			}
			inspected++
			if s.poor {
				poor++
			}
			if s.first {
				chosen++
				if s.poor {
					p.Hits++
				}
			}
		}
		p.Chosen += chosen
		of, err := stats.Hypergeometric(inspected, poor, chosen)
		if err != nil {
			continue
		}
		sums := make([]float64, len(chances)+len(of)-1)
		for a, x := range chances {
			for b, y := range of {
				sums[a+b] += x * y
			}
		}
		chances = sums
		if inspected > 0 {
			p.Expected += float64(chosen) * float64(poor) / float64(inspected)
		}
	}
	for n := p.Hits; n < len(chances); n++ {
		p.AtLeast += chances[n]
	}
	p.AtLeast = min(p.AtLeast, 1)
}

// calibrate shares out scored inspections into ranges of scores.
func (p *Prediction) calibrate(all []scored) {
	for n := range bands {
		b := Band{From: float64(n) / bands, To: float64(n+1) / bands}
		for _, s := range all {
			if min(int(s.score*bands), bands-1) == n {
				b.Inspections++
				if s.poor {
					b.Poor++
				}
			}
		}
		if interval, err := stats.Wilson(float64(b.Poor), float64(b.Inspections), stats.Confidence95); err == nil {
			b.Share, b.Interval = float64(b.Poor)/float64(b.Inspections), interval
			p.Bands = append(p.Bands, b)
		}
	}
}
