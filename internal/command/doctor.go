package command

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"
)

// state is how a check ended.
type state string

const (
	fine    state = "ok"
	warned  state = "warning"
	wrong   state = "wrong"
	skipped state = "not checked"
)

// diagnosis is what one check found, in words, and what to do about it.
type diagnosis struct {
	State state  `json:"state"`
	About string `json:"about"`
	Says  string `json:"says"`
	Do    string `json:"do,omitempty"`
}

// doctor gathers what is wrong with a home, or with object storage that servers follow.
type doctor struct {
	now   time.Time
	found []diagnosis

	overdue int // imports whose embargo ended and that no release has
	dead    int // source links that do not answer; -1 where they were not asked
}

// lateAfter is how long after its embargo an import may be unpublished before that is wrong.
const lateAfter = time.Minute

func doctorCommand(s *settings, out io.Writer) *cobra.Command {
	var links bool
	var metrics string
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Say in plain words what is wrong with a home, or with object storage that servers follow",
		Long: "Doctor changes nothing. It checks permissions, free disk, the pointer, that the release opens, the\n" +
			"journal, the clock, and what waits to be published; with --links also that every source still answers. With\n" +
			"--from it checks object storage instead, as a server that follows it would, without the home.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d := doctor{now: time.Now(), dead: -1}
			ctx := cmd.Context()
			if s.From != "" {
				d.checkStore(ctx, *s, links)
			} else {
				d.checkHome(ctx, *s, links)
			}
			if metrics != "" {
				if err := d.writeMetrics(metrics); err != nil {
					return err
				}
			}
			return d.print(out, s.JSON)
		},
	}
	cmd.Flags().StringVar(&s.Home, "home", s.Home, "directory of releases and the register")
	cmd.Flags().StringVar(&s.From, "from", s.From, "object storage to check instead of the home: s3://BUCKET/PREFIX")
	cmd.Flags().StringVar(&s.LogKey, "log-key", s.LogKey,
		"key that must have signed the log of publications in object storage, or a file that has it")
	cmd.Flags().BoolVar(&links, "links", false, "ask for every document that the release cites, over the network")
	cmd.Flags().StringVar(&metrics, "metrics", "",
		"file to write for the textfile collector of Prometheus' node exporter")
	cmd.Flags().BoolVar(&s.JSON, "json", s.JSON, "print what was found as JSON")
	return cmd
}

func (d *doctor) add(state state, about, do, format string, values ...any) {
	d.found = append(d.found, diagnosis{State: state, About: about, Says: fmt.Sprintf(format, values...), Do: do})
}

// print prints what was found. It fails with errFound where something is wrong.
func (d *doctor) print(out io.Writer, asJSON bool) error {
	bad := false
	for _, f := range d.found {
		bad = bad || f.State == wrong
	}
	if asJSON {
		if err := json.NewEncoder(out).Encode(d.found); err != nil {
			return err
		}
	} else {
		for _, f := range d.found {
			printLine(out, "%-12s %s: %s\n", string(f.State), f.About, f.Says)
			if f.Do != "" && f.State != fine {
				printLine(out, "%-12s   %s\n", "", f.Do)
			}
		}
	}
	if bad {
		return errFound
	}
	return nil
}

// writeMetrics writes what was found for Prometheus, whole or not at all.
func (d *doctor) writeMetrics(file string) error {
	count := map[state]int{}
	for _, f := range d.found {
		count[f.State]++
	}
	text := fmt.Sprintf(`# HELP yardstick_doctor_findings What yardstick doctor found, by state.
# TYPE yardstick_doctor_findings gauge
yardstick_doctor_findings{state="wrong"} %d
yardstick_doctor_findings{state="warning"} %d
# HELP yardstick_doctor_run_timestamp_seconds When yardstick doctor last ran.
# TYPE yardstick_doctor_run_timestamp_seconds gauge
yardstick_doctor_run_timestamp_seconds %d
# HELP yardstick_publications_overdue Imports whose embargo ended and that no release has.
# TYPE yardstick_publications_overdue gauge
yardstick_publications_overdue %d
`, count[wrong], count[warned], d.now.Unix(), d.overdue)
	if d.dead >= 0 {
		text += fmt.Sprintf(`# HELP yardstick_source_links_dead Documents that a release cites and that do not answer.
# TYPE yardstick_source_links_dead gauge
yardstick_source_links_dead %d
`, d.dead)
	}
	beside := file + ".part"
	if err := os.WriteFile(beside, []byte(text), 0o644); err != nil {
		return fmt.Errorf("metrics: %w", err)
	}
	return os.Rename(beside, file)
}

// checkLinks asks for every document that a release cites.
func (d *doctor) checkLinks(ctx context.Context, links bool, urls []string) {
	if !links {
		d.add(skipped, "source links", "", "%d documents are cited; --links asks for each", len(urls))
		return
	}
	dead := deadLinks(ctx, urls)
	d.dead = len(dead)
	if len(dead) == 0 {
		d.add(fine, "source links", "", "all %d documents answer", len(urls))
		return
	}
	const shown = 10
	for n, l := range dead {
		if n == shown {
			d.add(warned, "source links", "", "and %d more", len(dead)-shown)
			return
		}
		d.add(warned, "source links", "give another address in SOURCES.csv, such as an archived copy", "%s: %s", l.url, l.why)
	}
}
