package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"text/tabwriter"

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
	cmd := &cobra.Command{
		Use:   "target",
		Short: "Propose where to inspect next from published figures, and say how sure that is",
		Long: "Target ranks the current areas by weighed criteria of the newest release, with the interval of each rank under sampling\n" +
			"and weight uncertainty, and proposes a programme with reasons. A figure that is not published is never taken for zero or\n" +
			"for the average. As of a past day, it uses what had been published by then.",
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
			return targetTo(cmd.Context(), s, a, out, logger(errOut, s.Verbose))
		},
	}
	for name, usage := range map[string]string{
		target.ParamPlaces: "inspections to propose (12)", target.ParamStrong: "of them strong performers, as benchmarks of good practice (1)",
		target.ParamPerRegion: "at most so many in a region (0: any number)", target.ParamExclude: "leave out areas inspected within so many months",
		target.ParamAsOf: "use what had been published by this date: 2016-01-31",
	} {
		given[name] = cmd.Flags().String(strings.ReplaceAll(name, "_", "-"), "", usage)
	}
	cmd.Flags().StringVar(&weights, "weights", "", "how much criteria count, 0 to 10: "+target.DefaultWeights().String())
	cmd.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases")
	cmd.Flags().BoolVar(&s.JSON, "json", s.JSON, "print the whole answer as JSON")
	return cmd
}

func targetTo(ctx context.Context, s *settings, a target.Assumptions, out io.Writer, log *slog.Logger) (err error) {
	store, snapshot, err := openRelease(ctx, s.Home, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	language, err := i18n.Load(i18n.Languages()[0])
	if err != nil {
		return err
	}
	words := view.NewWords(language, snapshot)
	d := target.Board(snapshot, a)
	if s.JSON {
		answer, _ := api.DeskOf(d, words)
		if err := words.Err(); err != nil {
			return err
		}
		return json.NewEncoder(out).Encode(answer)
	}
	tellDesk(out, d, words, snapshot.Release())
	return words.Err()
}

// tellDesk prints the proposed programme with its reasons.
func tellDesk(out io.Writer, d target.Desk, words *view.Words, release analytics.Release) {
	fmt.Fprintf(out, "release %s, %d areas ranked, %d not; weights %s\n", release.ID, len(d.Areas), len(d.Unranked), d.Assumptions.Weights)
	for _, c := range d.Unweighed {
		fmt.Fprintf(out, "not weighed: %s, of which %d of %d areas have a figure\n", c, d.Held[c], d.Of)
	}
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "rank\t95%\tchosen in\tas\tarea\treasons")
	for _, s := range d.Chosen {
		reasons, _ := words.TargetReasons(s)
		for n, reason := range append(reasons, "")[:max(len(reasons), 1)] {
			if n == 0 {
				fmt.Fprintf(w, "%d\t%d to %d\t%.0f%%\t%s\t%s\t%s\n", s.Rank, s.Lower, s.Upper, 100*s.Probability, s.Role, words.Area(s.Area), reason)
			} else {
				fmt.Fprintf(w, "\t\t\t\t\t%s\n", reason)
			}
		}
	}
	w.Flush() //nolint:errcheck // what could not be written is the reader's to notice
}
