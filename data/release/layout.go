package release

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"yardstick/data/finding"
)

// table is a file of the record, or a folder of files of one shape, and the columns its first line must name.
type table struct {
	pattern string // as path.Match; '*' stands for a key that the file is named after
	columns string
}

// layout is every file a record has. The load files of queries/ read columns by position, so the names are held here.
var layout = []table{
	{"SOURCES.csv", "source,title,url,detail,original_url,licence"},
	{"reference/programmes.csv", "programme,position,starts,ends,sampling,expected_areas,status"},
	{"reference/scales.csv", "scale,kind,unit,status"},
	{"reference/levels.csv", "scale,level,position,points,good_or_better,status"},
	{"reference/bands.csv", "programme,measure,unit,lower,upper,word,status"},
	{"reference/measures.csv", "programme,measure,kind,position,parent,counts,status"},
	{"reference/themes.csv", "theme,position"},
	{"reference/crosswalk.csv", "theme,programme,measure,primary"},
	{"reference/cautions.csv", "programme,other,caution,status"},
	{"reference/indicators.csv", "indicator,position,unit,better,basis"},
	{"areas/nations.csv", "nation,name_en,name_cy"},
	{"areas/regions.csv", "region,nation,name_en,name_cy"},
	{"areas/areas.csv", "area,name_en,name_cy,region,police_force,valid_from,valid_to,status,sources"},
	{"areas/aliases.csv", "area,alias,sources"},
	{"areas/constituents.csv", "area,gss,name,sources"},
	{"areas/successions.csv", "predecessor,successor,sources"},
	{"areas/authorities.csv", "gss,name,region,kind,latitude,longitude,area_km2,population_2020,ended,service,sources"},
	{"areas/neighbours.csv", "gss,rank,neighbour_gss,area,neighbour,closeness,sources"},
	{"areas/code_changes.csv", "gss,name,kind,start_date,end_date,replaced_by,former_gss,sources"},
	{"results/*.csv", "inspection,area,scale,reinspection,fieldwork,published,cases,measure,percent,comment,rating," +
		"points,points_max,confidence,sources,page,note"},
	{"benchmarks/published.csv", "inspection,measure,lowest,highest,average,sources"},
	{"indicators/*.csv", "place,level,gss,period_start,period_end,period,value,lower,upper,numerator,denominator," +
		"basis,flag,sources,note"},
}

// wholeNumbers are the columns that hold whole numbers, in any file that has them.
var wholeNumbers = []string{"cases", "points", "points_max", "position", "rank", "expected_areas", "population_2020"}

var wholeNumber = regexp.MustCompile(`^-?[0-9]+$`)

// checkLayout holds a record to the layout: no file missing, none unknown, every first line as it must be, every row
// of a shape that the engine cannot misread.
func checkLayout(record fs.FS) ([]finding.Finding, error) {
	var findings []finding.Finding
	seen := make(map[string]bool)
	err := fs.WalkDir(record, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		for _, t := range layout {
			if ok, _ := path.Match(t.pattern, name); !ok {
				continue
			}
			seen[t.pattern] = true
			header, err := firstLine(record, name)
			if err != nil {
				return err
			}
			if header != t.columns {
				findings = append(findings, finding.Finding{File: name, Line: 1, Rule: "layout", Value: header,
					Problem: "should name the columns " + t.columns})
				return nil
			}
			misshapen, err := checkRows(record, name)
			findings = append(findings, misshapen...)
			return err
		}
		findings = append(findings, finding.Finding{File: name, Line: 1, Rule: "layout", Problem: "no file of this name belongs in a record"})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read record: %w", err)
	}
	for _, t := range layout {
		if !seen[t.pattern] {
			findings = append(findings, finding.Finding{File: t.pattern, Line: 1, Rule: "layout", Problem: "is missing from the record"})
		}
	}
	return findings, nil
}

// checkRows holds the rows of a file to what the engine does not: quotes that close (it would take the rest of the file
// for one cell, and say nothing), one row a line (so that the line of a finding is the row's), as many cells as columns,
// and whole numbers where there is no half (it would round). After broken quotes nothing more is read.
func checkRows(record fs.FS, name string) ([]finding.Finding, error) {
	if plain, err := plainRows(record, name); plain || err != nil {
		return nil, err
	}
	file, err := record.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var findings []finding.Finding
	found := func(line int, rule, column, value, problem string) {
		findings = append(findings, finding.Finding{File: name, Line: line, Column: column, Value: value, Rule: rule, Problem: problem})
	}
	var columns []string
	reader := csv.NewReader(file)
	for line := 1; ; line++ {
		cells, err := reader.Read()
		var broken *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return findings, nil
		case errors.Is(err, csv.ErrFieldCount):
			found(line, "layout", "", "", fmt.Sprintf("has %d cells, not %d", len(cells), len(columns)))
			continue
		case errors.As(err, &broken):
			found(broken.StartLine, "layout", "", "", "is no row of CSV: "+broken.Err.Error())
			return findings, nil
		case err != nil:
			return nil, err
		}
		at, _ := reader.FieldPos(0)
		if at != line || slices.ContainsFunc(cells, func(cell string) bool { return strings.Contains(cell, "\n") }) {
			found(line, "layout", "", "", "a row has one line to itself, with no blank lines between")
			return findings, nil
		}
		if line == 1 {
			columns = cells
			continue
		}
		for i, cell := range cells {
			if cell != "" && slices.Contains(wholeNumbers, columns[i]) && !wholeNumber.MatchString(cell) {
				found(line, "typed", columns[i], cell, "is not a whole number")
			}
		}
	}
}

func firstLine(record fs.FS, name string) (string, error) {
	file, err := record.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	scanner := bufio.NewScanner(file)
	if !scanner.Scan() {
		return "", errors.Join(scanner.Err())
	}
	return strings.TrimSuffix(scanner.Text(), "\r"), nil
}

// Columns are the columns that a file of the record has; nil for a file that no record has.
func Columns(name string) []string {
	for _, t := range layout {
		if ok, _ := path.Match(t.pattern, name); ok {
			return strings.Split(t.columns, ",")
		}
	}
	return nil
}
