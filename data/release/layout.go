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

// table is a file of the record, or a folder of files of one shape, the columns its first line must name, and those
// that tell one of its rows from another.
type table struct {
	pattern string // as path.Match; '*' stands for a key that the file is named after
	columns string
	key     string
}

// layout is every file a record has. The load files of queries/ read columns by position, so the names are held here.
var layout = []table{
	{"SOURCES.csv", "source,title,url,detail,original_url,licence", "source"},
	{"reference/publishers.csv", "publisher,name_en,name_cy,site", "publisher"},
	{"reference/credits.csv", "subject,id,publisher", "subject,id"},
	{"reference/programmes.csv", "programme,position,starts,ends,sampling,expected_areas,status", "programme"},
	{"reference/scales.csv", "scale,kind,unit,status", "scale"},
	{"reference/levels.csv", "scale,level,position,points,good_or_better,status", "scale,level"},
	{"reference/programme_scales.csv", "programme,scale,starts,ends,points_max,status", "programme,scale"},
	{"reference/bands.csv", "programme,measure,unit,lower,upper,word,status", "programme,measure,unit,word"},
	{"reference/measures.csv",
		"programme,measure,kind,position,parent,counts,share_of,status,judged_in,judged_in_status",
		"programme,measure"},
	{"reference/themes.csv", "theme,position", "theme"},
	{"reference/crosswalk.csv", "theme,programme,measure,primary", "programme,measure"},
	{"reference/cautions.csv", "programme,other,caution,status", "programme,other,caution"},
	{"reference/indicators.csv", "indicator,position,unit,better,numerator,denominator,counts", "indicator"},
	{"reference/bases.csv", "indicator,basis,starts,ends,status", "indicator,basis"},
	{"reference/readings.csv", "reading,programme,measure,confidence,levels,why,status", "reading,programme,measure"},
	{"areas/nations.csv", "nation,name_en,name_cy", "nation"},
	{"areas/regions.csv", "region,nation,name_en,name_cy", "region"},
	{"areas/areas.csv", "area,name_en,name_cy,region,police_force,valid_from,valid_to,status,sources", "area"},
	{"areas/aliases.csv", "area,alias,sources", "area,alias"},
	{"areas/constituents.csv", "area,gss,name,sources", "area,gss"},
	{"areas/successions.csv", "predecessor,successor,sources", "predecessor,successor"},
	{"areas/authorities.csv", "gss,name,region,kind,latitude,longitude,area_km2,population_2020,ended,service,sources",
		"gss"},
	{"areas/neighbours.csv", "gss,rank,neighbour_gss,area,neighbour,closeness,sources", "gss,rank"},
	{"areas/code_changes.csv", "gss,name,kind,start_date,end_date,replaced_by,former_gss,sources", "gss,name,kind"},
	{"localities/outcodes.csv", "outcode,gss,share,postcodes,sources", "outcode,gss"},
	{"localities/sectors.csv", "sector,gss,share,sources", "sector,gss"},
	{"localities/towns.csv", "name_en,name_cy,gss,also,population,aliases,sources", "name_en,gss"},
	{"localities/parishes.csv", "name,gss,sources", "name,gss"},
	{"areas/tiles.csv", "area,label,across,down,status", "area"},
	{"results/*.csv", "inspection,area,scale,reinspection,fieldwork,published,cases,measure,percent,comment,rating," +
		"points,points_max,confidence,sources,page,note", "inspection,measure"},
	{"benchmarks/published.csv", "inspection,measure,lowest,highest,average,sources", "inspection,measure"},
	{
		"findings/*.csv",
		"inspection,kind,position,measure,subject,counted,text_en,text_cy,numerator,denominator,percent,value,value_to," +
			"unit,place,period,printed,status,section,page,sources,note",
		"inspection,kind,position",
	},
	{"indicators/*.csv", "place,level,gss,period_start,period_end,period,value,lower,upper,numerator,denominator," +
		"basis,flag,sources,note", "place,level,period_start,period_end,basis"},
	{"history/releases.csv", "position,release,published,origin,why", "position"},
	{"history/revisions.csv", "position,subject,act,inspection,measure,place,period,field,before,after,rows,why",
		"position,subject,act,inspection,measure,place,period,field"},
	{AnnouncementsFile, "announcement,step,act,told,title_en,title_cy,areas,expected,moment,why", "announcement,step"},
	{DecisionsFile, "position,kind,sha256,inspection", "position"},
}

// wholeNumbers are the columns that hold whole numbers, in any file that has them.
var wholeNumbers = []string{"cases", "points", "points_max", "position", "rank", "expected_areas", "population_2020",
	"population", "postcodes", "rows", "across", "announcement", "step", "down"}

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
		t, known := tableOf(name)
		if !known {
			findings = append(findings, finding.Finding{File: name, Line: 1, Rule: "layout",
				Problem: "no file of this name belongs in a record",
				Fix:     "take it out, or name it as data/README.md has it"})
			return nil
		}
		seen[t.pattern] = true
		header, err := firstLine(record, name)
		if err != nil {
			return err
		}
		if header != t.columns {
			findings = append(findings, finding.Finding{File: name, Line: 1, Rule: "layout", Value: header,
				Problem: "should name the columns " + t.columns, Fix: "write the first line so"})
			return nil
		}
		misshapen, err := checkRows(record, name)
		findings = append(findings, misshapen...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read record: %w", err)
	}
	for _, t := range layout {
		if !seen[t.pattern] && t.pattern != DecisionsFile && t.pattern != AnnouncementsFile {
			findings = append(findings, finding.Finding{File: t.pattern, Line: 1, Rule: "layout",
				Problem: "is missing from the record", Fix: "put it back; a file without rows has its first line"})
		}
	}
	return findings, nil
}

// checkRows holds the rows of a file to what the engine does not: quotes that close (it would take the rest of the
// file for one cell, and say nothing), one row a line (so that the line of a finding is the row's), as many cells as
// columns, and whole numbers where there is no half (it would round). After broken quotes nothing more is read.
func checkRows(record fs.FS, name string) ([]finding.Finding, error) {
	file, err := record.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var findings []finding.Finding
	found := func(line int, rule, column, value, problem, fix string) {
		findings = append(findings, finding.Finding{File: name, Line: line, Column: column, Value: value, Rule: rule,
			Problem: problem, Fix: fix})
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
			found(line, "layout", "", "", fmt.Sprintf("has %d cells, not %d", len(cells), len(columns)),
				"give the row a cell for each column, blank where nothing is shown")
			continue
		case errors.As(err, &broken):
			found(broken.StartLine, "layout", "", "", "is no row of CSV: "+broken.Err.Error(),
				"put quotes round a cell with a comma or a quote, and double the quotes within it")
			return findings, nil
		case err != nil:
			return nil, err
		}
		at, _ := reader.FieldPos(0)
		if at != line || slices.ContainsFunc(cells, func(cell string) bool { return strings.Contains(cell, "\n") }) {
			found(line, "layout", "", "", "a row has one line to itself, with no blank lines between",
				"take out the blank lines, and the line breaks within cells")
			return findings, nil
		}
		if line == 1 {
			columns = cells
			continue
		}
		for i, cell := range cells {
			if cell != "" && slices.Contains(wholeNumbers, columns[i]) && !wholeNumber.MatchString(cell) {
				found(line, "typed", columns[i], cell, "is not a whole number",
					"write digits alone, or leave the cell blank")
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
	scanner.Scan()
	return scanner.Text(), scanner.Err()
}

// Columns are the columns that a file of the record has; nil for a file that no record has.
func Columns(name string) []string {
	if t, ok := tableOf(name); ok {
		return strings.Split(t.columns, ",")
	}
	return nil
}

// KeyOf are the columns that tell the rows of a file of the record apart; nil for a file that no record has.
func KeyOf(name string) []string {
	if t, ok := tableOf(name); ok {
		return strings.Split(t.key, ",")
	}
	return nil
}

// tableOf finds the layout of a file of the record.
func tableOf(name string) (table, bool) {
	for _, t := range layout {
		if ok, _ := path.Match(t.pattern, name); ok {
			return t, true
		}
	}
	return table{}, false
}
