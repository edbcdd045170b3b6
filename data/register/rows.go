package register

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go"

	"yardstick/analytics"
	"yardstick/data/finding"
	"yardstick/data/ingest"
	"yardstick/data/release"
)

// Kind is what an imported file has in it.
type Kind = ingest.Kind

// isPublished says whether files of a kind are part of releases. Judgements, and the questions they answer, are of
// children's cases: they are kept, and are never part of a record or a release.
func isPublished(kind Kind) bool {
	return kind != ingest.KindJudgements && kind != ingest.KindQuestions
}

// normalised is an imported file as it was read, with the file of its rows.
type normalised struct {
	ingest.File
	Warnings []finding.Finding // of the file itself

	Sum  string // SHA-256 of the rows; empty for a kind that has none
	Path string
}

// normalise reads a file and writes its rows, typed and named by the record's ids, into a folder under their hash. A
// file that is refused is a *finding.Error.
func (r *Register) normalise(before []Entry, in Import, folder string) (normalised, error) {
	known, err := r.known(before)
	if err != nil {
		return normalised{}, err
	}
	read := ingest.Read
	if in.Recipe != nil {
		recipe, err := ingest.ParseRecipe("recipe", in.Recipe)
		if err != nil {
			return normalised{}, err
		}
		read = func(name string, content []byte, known ingest.Known, to ingest.Rows) (ingest.File, ingest.Findings) {
			return ingest.ReadRecipe(recipe, name, content, known, to)
		}
	}
	out, err := os.CreateTemp(folder, "rows-")
	if err != nil {
		return normalised{}, err
	}
	defer out.Close()
	rows := &rowWriter{to: out, citations: make(map[cited]release.Cited), nth: make(map[string]int32)}
	file, found := read(in.Name, in.Content, known, ingest.Rows{
		Result: rows.result, Observation: rows.observation, Area: rows.area, Score: rows.score, Report: rows.finding,
	})
	if err := found.Err(); err != nil {
		return normalised{File: file}, err
	}
	n := normalised{File: file, Warnings: found.Listed}
	if !isPublished(file.Kind) {
		return n, nil
	}
	if err := errors.Join(rows.close(), out.Sync()); err != nil {
		return n, fmt.Errorf("write rows: %w", err)
	}
	if n.Sum, err = release.HashFile(out.Name()); err != nil {
		return n, err
	}
	n.Path = release.RowsPath(folder, n.Sum)
	return n, os.Rename(out.Name(), n.Path)
}

// rowWriter writes the rows of one file as Parquet.
type rowWriter struct {
	to        io.Writer
	citations map[cited]release.Cited
	nth       map[string]int32 // rows so far of an indicator
	days      map[analytics.PartialDate]int32

	results      []release.ResultRow
	areas        []release.AreaRow
	scores       []release.ScoreRow
	findings     []release.FindingRow
	observations []release.ObservationRow
	many         *parquet.GenericWriter[release.ObservationRow]
	err          error
}

// cited is how a row names its documents: by address, each with a space between, with the title that all of them
// have; by their ids, with ";" between; or by both.
type cited struct{ urls, title, ids string }

// batchRows is how many observations are written at a time, and groupRows how many the file keeps together.
const (
	batchRows = 1024
	groupRows = 122_880
)

func (w *rowWriter) cite(urls, title, ids string) release.Cited {
	c := cited{urls, title, ids}
	if _, ok := w.citations[c]; !ok {
		w.citations[c] = release.Cited{
			Citation:    int32(len(w.citations)) + 1,
			SourceURL:   text(urls),
			SourceTitle: text(title),
			Sources:     text(ids),
		}
	}
	return w.citations[c]
}

func (w *rowWriter) result(r ingest.Result) {
	w.results = append(w.results, release.ResultRow{
		At: int32(r.Line), Programme: r.Programme, Inspection: inspectionID(r), Area: r.Area, Scale: text(r.Scale),
		Reinspection: truth(r.Reinspection), Fieldwork: text(r.Fieldwork.String()),
		Published: text(r.Published.String()), Cases: whole(r.Cases), Measure: r.Measure, Percent: r.Percent,
		Comment: text(r.Comment), Rating: text(r.Rating), Points: whole(r.Points), PointsMax: whole(r.PointsMax),
		Lowest: r.Lowest, Highest: r.Highest, Average: r.Average, Confidence: text(r.Confidence),
		Page: text(r.SourcePage), Note: text(r.Note), Cited: w.cite(r.SourceURL, r.SourceTitle, r.Sources),
	})
}

func (w *rowWriter) area(a ingest.Area) {
	w.areas = append(w.areas, release.AreaRow{
		At: int32(a.Line), Area: a.ID, NameEN: text(a.NameEN), NameCY: text(a.NameCY), Region: text(a.Region),
		PoliceForce: text(a.PoliceForce), ValidFrom: text(a.ValidFrom.String()), ValidTo: text(a.ValidTo.String()),
		Status: text(a.Status), Aliases: a.Aliases, Constituents: a.Constituents, Predecessors: a.Predecessors,
		Successors: a.Successors, Cited: w.cite(a.SourceURL, a.SourceTitle, a.Sources),
	})
}

func (w *rowWriter) score(s ingest.Score) {
	w.scores = append(w.scores,
		release.ScoreRow{At: int32(s.Line), Inspection: s.Inspection, Measure: s.Measure, Percent: s.Percent})
}

func (w *rowWriter) finding(f ingest.ReportFinding) {
	w.findings = append(w.findings, release.FindingRow{
		At: int32(f.Line), Inspection: f.Inspection, Kind: f.Kind, Nth: int32(f.Position), Measure: text(f.Measure),
		Subject: text(f.Topic), Counted: text(f.Counted), TextEN: f.TextEN, TextCY: f.TextCY, Numerator: f.Numerator,
		Denominator: f.Denominator, Percent: f.Percent, Value: f.Value, ValueTo: f.ValueTo, Unit: text(f.Unit),
		Place: text(f.Place), Period: text(f.Period), Printed: text(f.Printed), Status: f.Status, Section: f.Section,
		Page: text(f.Page), Note: text(f.Note), Cited: w.cite(f.SourceURL, f.SourceTitle, f.Sources),
	})
}

func (w *rowWriter) observation(o ingest.Observation) {
	w.nth[o.Indicator]++
	w.observations = append(w.observations, release.ObservationRow{
		At: int32(o.Line), Nth: w.nth[o.Indicator], Indicator: o.Indicator, Place: o.Area, Level: o.Level,
		GSS: text(o.GSS), PeriodStart: w.day(o.PeriodStart), PeriodEnd: w.day(o.PeriodEnd), Period: text(o.Period),
		Value: o.Value, Lower: o.Lower, Upper: o.Upper, Numerator: o.Numerator, Denominator: o.Denominator,
		Basis: text(o.Basis), Flag: text(o.Flag), Note: text(o.Note),
		Cited: w.cite(o.SourceURL, o.SourceTitle, o.Sources),
	})
	if len(w.observations) == batchRows {
		w.flush()
	}
}

// flush writes the observations that were gathered.
func (w *rowWriter) flush() {
	if w.many == nil {
		w.many = parquet.NewGenericWriter[release.ObservationRow](w.to, rowOptions(),
			parquet.MaxRowsPerRowGroup(groupRows))
	}
	if w.err == nil {
		_, w.err = w.many.Write(w.observations)
	}
	w.observations = w.observations[:0]
}

func rowOptions() parquet.WriterOption { return parquet.Compression(&parquet.Snappy) }

// close writes what is left. A file has rows of one kind.
func (w *rowWriter) close() error {
	switch {
	case len(w.results) > 0:
		return parquet.Write(w.to, w.results, rowOptions())
	case len(w.areas) > 0:
		return parquet.Write(w.to, w.areas, rowOptions())
	case len(w.scores) > 0:
		return parquet.Write(w.to, w.scores, rowOptions())
	case len(w.findings) > 0:
		return parquet.Write(w.to, w.findings, rowOptions())
	}
	w.flush()
	return errors.Join(w.err, w.many.Close())
}

// day returns a day as the number of days since 1970-01-01.
func (w *rowWriter) day(d analytics.PartialDate) int32 {
	if day, ok := w.days[d]; ok {
		return day
	}
	if w.days == nil {
		w.days = make(map[analytics.PartialDate]int32)
	}
	w.days[d] = int32(d.First().Sub(time.Unix(0, 0)) / (24 * time.Hour))
	return w.days[d]
}

func text(cell string) *string {
	if cell == "" {
		return nil
	}
	return &cell
}

func truth(cell string) *bool {
	if cell == "" {
		return nil
	}
	yes := cell == "yes"
	return &yes
}

func whole(n *int) *int32 {
	if n == nil {
		return nil
	}
	number := int32(*n)
	return &number
}

// inspectionID is <area>-<programme>-<year of publication>, without the year where that is unknown.
func inspectionID(r ingest.Result) string {
	id := r.Area + "-" + r.Programme
	if r.Published.Precision() != analytics.PrecisionUnknown {
		id += "-" + strconv.Itoa(r.Published.Year)
	}
	return id
}

func (r *Register) rowsFolder() string { return filepath.Join(r.dir(), "rows") }

// decisions returns what releases of entries rest on besides the shipped record.
func decisions(entries []Entry) []release.Decision {
	var out []release.Decision
	for _, e := range entries {
		switch {
		case e.Inspection != "":
			out = append(out, release.Decision{Inspection: e.Inspection})
		case isPublished(e.Kind):
			out = append(out, release.Decision{Kind: string(e.Kind), Rows: e.Rows})
		}
	}
	return out
}

// kept returns an import as it came.
func (r *Register) kept(e Entry) (Import, error) {
	in := Import{Name: e.File}
	var err error
	if in.Content, err = os.ReadFile(r.upload(e.Upload)); err != nil {
		return in, fmt.Errorf("read upload: %w", err)
	}
	if e.Recipe != "" {
		if in.Recipe, err = os.ReadFile(r.upload(e.Recipe)); err != nil {
			return in, fmt.Errorf("read recipe: %w", err)
		}
	}
	return in, nil
}
