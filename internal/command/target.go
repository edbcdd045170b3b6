package command

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"yardstick/analytics"
	"yardstick/analytics/target"
	"yardstick/dashboards/api"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/view"
)

func targetCommand(s *settings, out, errOut io.Writer) *cobra.Command {
	given := make(map[string]*string)
	var weights string
	var backtest bool
	cmd := &cobra.Command{
		Use:   "target",
		Short: "Say which areas published figures point to, how sure that is, and whether it ever predicted anything",
		Long: "Target ranks the current areas by weighed criteria of the newest release, and proposes a programme " +
			"with reasons for,\n" +
			"against and not known. Areas of which too little is known are listed apart. For a past day, it uses what " +
			"had been\n" +
			"published by then. With --backtest, it says how well it would have predicted later ratings.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			parsed, err := target.ParseWeights(weights)
			if err != nil {
				return err
			}
			a, err := target.Parse(func(name string) string {
				if value, ok := given[name]; ok {
					return *value
				}
				return ""
			})
			if err != nil {
				return err
			}
			a.Weights = parsed
			return targetTo(cmd.Context(), s, a, backtest, out, logger(errOut, s.Verbose))
		},
	}
	for name, usage := range map[string]string{
		target.ParamPlaces: "inspections to propose (12)", target.ParamStrong: "of them strong performers, as " +
			"benchmarks of good practice (1)",
		target.ParamPerRegion: "at most so many in a region (0: any number)", target.ParamExclude: "leave out areas " +
			"inspected within so many months",
		target.ParamCertainty: "how sure the weights are: 0 fixes them, else the sum of a Dirichlet distribution's " +
			"parameters",
		target.ParamAsOf: "use what had been published by this date: 2016-01-31",
	} {
		given[name] = cmd.Flags().String(strings.ReplaceAll(name, "_", "-"), "", usage)
	}
	cmd.Flags().StringVar(&weights, "weights", "",
		"how much criteria count, 0 to 10: "+target.DefaultWeights().String())
	cmd.Flags().BoolVar(&backtest, "backtest", false,
		"replay the desk each half-year since 2018 against the ratings that followed")
	cmd.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases (YARDSTICK_HOME)")
	cmd.Flags().BoolVar(&s.JSON, "json", s.JSON, "print the whole answer as JSON (YARDSTICK_JSON)")
	return cmd
}

func targetTo(
	ctx context.Context,
	s *settings,
	a target.Assumptions,
	backtest bool,
	out io.Writer,
	log *slog.Logger,
) (err error) {
	snapshot, err := openRelease(ctx, s.Home, log)
	if err != nil {
		return err
	}
	language, err := i18n.Load(i18n.Languages()[0])
	if err != nil {
		return err
	}
	words, study := view.NewWords(language, snapshot), target.New(snapshot)
	if backtest {
		b, err := study.Backtest()
		if err != nil {
			return err
		}
		if s.JSON {
			return json.NewEncoder(out).Encode(api.BacktestOf(b))
		}
		printBacktest(out, b, words)
		return words.Err()
	}
	d, err := study.Board(a)
	if err != nil {
		return err
	}
	if s.JSON {
		answer, _ := api.DeskOf(d, words)
		if err := words.Err(); err != nil {
			return err
		}
		return json.NewEncoder(out).Encode(answer)
	}
	printDesk(out, d, words, snapshot.Release())
	return words.Err()
}

// printDesk prints the proposed programme with its reasons.
func printDesk(out io.Writer, d target.Desk, words *view.Words, release analytics.Release) {
	fmt.Fprintf(out, "release %s, %d areas ranked, %d apart; weights %s\n", release.ID, len(d.Areas), len(d.Apart),
		d.Assumptions.Weights)
	for _, c := range d.Criteria {
		if !c.Used {
			fmt.Fprintf(out, "not weighed: %s, of which %d of %d areas have a figure\n", c.Criterion, c.Known, c.Of)
		}
	}
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintf(w, "among %d\trank\t95%%\tas\tarea\treasons\n", d.First)
	for _, s := range d.Chosen {
		var reasons []string
		for _, kind := range []target.Kind{target.For, target.Against, target.Unknown} {
			for _, reason := range words.TargetReasons(s, kind) {
				reasons = append(reasons, string(kind)+": "+reason)
			}
		}
		for n, reason := range append(reasons, "")[:max(len(reasons), 1)] {
			if n == 0 {
				fmt.Fprintf(w, "%.0f%%\t%.0f\t%d to %d\t%s\t%s\t%s\n", 100*s.Probability, s.Expected, s.Lower, s.Upper,
					s.Role, words.Area(s.Area), reason)
			} else {
				fmt.Fprintf(w, "\t\t\t\t\t%s\n", reason)
			}
		}
	}
	w.Flush() // what could not be written is the reader's to notice
}

// printBacktest prints how well the desk and each criterion alone told later ratings apart.
func printBacktest(out io.Writer, b target.Backtest, words *view.Words) {
	fmt.Fprintf(
		out,
		"%s to %s, %d days, %d inspections rated in the half-years that followed, %d left out for want of a date; "+
			"weights %s\n",
		b.From.Format(time.DateOnly),
		b.To.Format(time.DateOnly),
		b.Days,
		b.Inspections,
		b.Undated,
		b.Weights,
	)
	fmt.Fprintln(out, words.Say("target.verdict."+string(b.Desk.Verdict), "Count", b.Desk.Inspections))
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintf(w, "by\tinspections\tpoor\tAUC (95%%)\tpoor among the first %d\tat random\n", b.First)
	add := func(name string, p target.Prediction) {
		fmt.Fprintf(w, "%s\t%d\t%d\t%s\t%d of %d\t%.1f\n", name, p.Inspections, p.Poor, words.Curve(p.AUC, p.Interval),
			p.Hits, p.Chosen, p.Expected)
	}
	add("desk", b.Desk)
	for _, c := range target.Criteria() {
		if p, ok := b.Criteria[c]; ok {
			add(string(c), p)
		}
	}
	w.Flush() // what could not be written is the reader's to notice
}
