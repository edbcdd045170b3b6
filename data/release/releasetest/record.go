package releasetest

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"testing/fstest"

	"golang.org/x/tools/txtar"
)

//go:embed record.txtar
var record []byte

// Record returns the small made-up record that tests are about: valid, complete, and its caller's to change. The
// titles of its sources say that it is synthetic.
func Record() fstest.MapFS {
	return Overlay(nil, txtar.Parse(record).Files)
}

// Overlay returns a copy of record in which files stand in for those of the same name, so that a test shows the few
// rows it is about.
//
// A file named with a leading "+" is lines to add to the end of the record's own file. A file of results may name only
// the columns that matter: the others are blank, but for the scale of its programme, the confidence "seen" and the
// source "synthetic-reports". It panics where such a file is no CSV, which is a mistake in the test.
func Overlay(record fstest.MapFS, files []txtar.File) fstest.MapFS {
	out := maps.Clone(record)
	if out == nil {
		out = make(fstest.MapFS)
	}
	for _, f := range files {
		name, adds := strings.CutPrefix(f.Name, "+")
		content := f.Data
		switch held, ok := out[name]; {
		case adds && ok:
			content = slices.Concat(held.Data, content)
		case path.Dir(name) == "results":
			content = widen(name, content)
		}
		out[name] = &fstest.MapFile{Data: content, Mode: 0o644}
	}
	return out
}

const resultColumns = "inspection,area,scale,reinspection,fieldwork,published,cases,measure,percent,comment,rating," +
	"points,points_max,confidence,sources,page,note"

// widen gives a file of results the columns it left out.
func widen(name string, content []byte) []byte {
	lines, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil || len(lines) == 0 {
		panic(fmt.Sprintf("%s is no CSV file: %v", name, err))
	}
	given, columns := lines[0], strings.Split(resultColumns, ",")
	if slices.Equal(given, columns) {
		return content
	}
	usual := map[string]string{"confidence": "seen", "sources": "synthetic-reports",
		"scale": map[string]string{"cci.csv": "percent", "fji.csv": "fji", "yj2018.csv": "yj"}[path.Base(name)]}
	wide := [][]string{columns}
	for _, line := range lines[1:] {
		row := make([]string, len(columns))
		for i, column := range columns {
			row[i] = usual[column]
			if at := slices.Index(given, column); at >= 0 {
				row[i] = line[at]
			}
		}
		wide = append(wide, row)
	}
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(wide); err != nil {
		panic(fmt.Sprintf("%s: %v", name, err))
	}
	return out.Bytes()
}
