package ingest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"yardstick/data/finding"
)

// The bounds of a sheet that a recipe reads.
const (
	maxHeaderRows   = 5
	maxTitleRows    = 200 // above the header
	maxSheetColumns = 250
)

// ReadRecipe reads a sheet that somebody else laid out, by a recipe: a CSV file, or one sheet of an XLSX or ODS
// workbook. Findings name the cell that a value came from. Where they refuse the file, nothing of it may be kept.
func ReadRecipe(recipe *Recipe, name string, content []byte, known Known, to Rows) (File, Findings) {
	t := newTable(name, only(recipe.Kind), known, to)
	t.lenient = true
	rows := &recipeRows{table: t, recipe: recipe, groups: recipe.groups()}
	t.readSheet(content, rows)
	file, findings := t.done()
	file.Left = rows.left
	return file, findings
}

// Left is what a recipe did not take of a sheet.
type Left struct {
	Rows    int `json:"rows"`    // passed over: skipped, or without any value
	Missing int `json:"missing"` // values that the sheet marks as not given
}

// recipeRows makes rows of an import of the rows of a sheet.
type recipeRows struct {
	*table
	recipe  *Recipe
	groups  map[string]bool
	header  *recipeHeader // nil until it was read whole
	titles  map[string]string
	upper   [][]string // the rows of the header so far
	fields  []string
	columns []int        // those across, or -1 alone
	above   map[int]cell // the last filled cell of columns to be filled down
	down    []int
	left    Left
	blank   bool // whether no value was found in the row so far
}

// recipeHeader is the header of a sheet: the names of its columns, and the cells above it.
type recipeHeader struct {
	row    int
	names  []string
	at     map[string]int // -1 for a name of two columns
	titles map[string]string
}

// column finds a column by its name, or by its letter after "#".
func (h *recipeHeader) column(name string) (int, *unfilled) {
	if letters, ok := strings.CutPrefix(name, "#"); ok {
		if _, column, ok := position(letters + "1"); ok {
			return column, nil
		}
	}
	at, ok := h.at[name]
	switch {
	case !ok:
		return 0, &unfilled{"recipe_column", name, "", fmt.Sprintf("is not a column of the header in row %d", h.row),
			"name one of " + strings.Join(slices.DeleteFunc(slices.Clone(h.names), isBlank), ", ")}
	case at < 0:
		return 0, &unfilled{"recipe_column", name, "", fmt.Sprintf("names two columns of the header in row %d", h.row),
			"name the column by its letter, as {#C}"}
	}
	return at, nil
}

func isBlank(text string) bool { return text == "" }

// line takes a row of the sheet. It says whether more are wanted.
func (r *recipeRows) line(number int, cells []cell) bool {
	for i := range cells {
		cells[i].text = strings.Join(strings.Fields(cells[i].text), " ")
	}
	if r.header == nil {
		return r.beforeFigures(number, cells)
	}
	first := slices.IndexFunc(cells, func(c cell) bool { return c.text != "" })
	if number < r.recipe.Sheet.FirstRow || first < 0 {
		return true
	}
	if until := r.recipe.Sheet.Until; until != nil && until.MatchString(cells[first].text) {
		return false
	}
	r.fillDown(cells)
	f := &filling{recipe: r.recipe, header: r.header, cells: cells, across: -1, groups: make(map[string]string)}
	taken, wrong := r.takes(f)
	if wrong == nil && taken {
		wrong = r.parts(f)
	}
	switch {
	case wrong != nil:
		r.wrong(number, "", wrong)
		return !r.log.enough(number)
	case !taken:
		r.left.Rows++
		return true
	}
	inRow, missing := f.groups, r.left.Missing
	r.blank = true
	for _, column := range r.columns {
		f.across, f.groups = column, inRow
		if column >= 0 {
			f.groups = maps.Clone(inRow)
			matches(*r.recipe.Across.Columns, r.header.names[column], f.groups)
		}
		if !r.record(number, f) {
			return false
		}
	}
	if r.blank { // the heading of a group of rows
		r.left.Rows++
		r.left.Missing = missing
	}
	return true
}

// beforeFigures takes a row of the header, or one above it.
func (r *recipeRows) beforeFigures(number int, cells []cell) bool {
	sheet := r.recipe.Sheet
	names := make([]string, len(cells))
	for i, c := range cells {
		names[i] = c.text
	}
	begun := len(r.upper) > 0
	if !begun && number != sheet.HeaderRow && (sheet.HeaderCell == "" || !slices.Contains(names, sheet.HeaderCell)) {
		if r.titles == nil {
			r.titles = make(map[string]string)
		}
		for i, name := range names {
			if name != "" && number <= maxTitleRows {
				r.titles[cellName(number, i)] = name
			}
		}
		return sheet.HeaderRow == 0 || number < sheet.HeaderRow
	}
	if r.upper = append(r.upper, names); len(r.upper) < sheet.HeaderRows {
		return true
	}
	return r.readHeader(number)
}

// readHeader joins the rows of the header: a name that stands above several columns stands before each of theirs.
func (r *recipeRows) readHeader(number int) bool {
	width := 0
	for _, names := range r.upper {
		width = max(width, len(names))
	}
	h := &recipeHeader{row: number, names: make([]string, width), at: make(map[string]int), titles: r.titles}
	for level, names := range r.upper {
		before := ""
		for i := range width {
			name := ""
			if i < len(names) {
				name = names[i]
			}
			if level < len(r.upper)-1 {
				if name == "" {
					name = before
				}
				before = name
			}
			h.names[i] = strings.TrimSpace(h.names[i] + " " + name)
		}
	}
	for i, name := range h.names {
		if _, twice := h.at[name]; twice {
			i = -1
		}
		h.at[name] = i
	}
	r.header = h
	r.above = make(map[int]cell)
	for _, name := range r.recipe.Sheet.FillDown {
		column, wrong := h.column(name)
		if wrong != nil {
			r.wrong(number, "sheet.fill_down", wrong)
			continue
		}
		r.down = append(r.down, column)
	}
	r.fields = slices.Sorted(maps.Keys(r.recipe.Fields))
	r.findColumns(number)
	r.checkNames(number)
	if r.log.refused() {
		return false
	}
	return r.table.header(number, r.fields)
}

// findColumns finds the columns across.
func (r *recipeRows) findColumns(number int) {
	if r.recipe.Across == nil {
		r.columns = []int{-1}
		return
	}
	for i, name := range r.header.names {
		if name != "" && r.recipe.Across.Columns.MatchString(name) {
			r.columns = append(r.columns, i)
		}
	}
	if len(r.columns) == 0 {
		r.wrong(number, "across.columns", &unfilled{"recipe_column", r.recipe.Across.Columns.String(), "",
			fmt.Sprintf("matches no column of the header in row %d", number),
			"the columns are " + strings.Join(slices.DeleteFunc(slices.Clone(r.header.names), isBlank), ", ")})
	}
}

// checkTemplate finds names in a template that no column of the sheet has.
func (r *recipeRows) checkTemplate(number int, key string, t template) {
	for _, p := range t {
		name, plain := p.name.plain()
		if !plain || name == acrossCell || r.groups[name] || strings.HasPrefix(name, "@") {
			continue
		}
		if m := stepped.FindStringSubmatch(name); m != nil && r.groups[m[1]] {
			continue
		}
		if _, wrong := r.header.column(name); wrong != nil {
			r.wrong(number, key, wrong)
		}
	}
}

// checkNames finds names of the recipe that no column of the sheet has.
func (r *recipeRows) checkNames(number int) {
	for _, field := range r.fields {
		r.checkTemplate(number, "fields."+field, r.recipe.Fields[field])
	}
	for key, tests := range map[string][]recipeTest{"skip": r.recipe.Skip, "only": r.recipe.Only} {
		for _, test := range tests {
			r.checkTemplate(number, key, test.Column)
		}
	}
}

func (r *recipeRows) wrong(line int, column string, w *unfilled) {
	problem := w.problem
	if w.ref != "" {
		problem = "in cell " + w.ref + " " + problem
	}
	r.log.add(finding.Finding{
		Line: line, Column: column, Value: w.value, Rule: w.rule, Problem: problem, Fix: w.fix,
	})
}

func (r *recipeRows) fillDown(cells []cell) {
	for _, column := range r.down {
		if column >= len(cells) {
			continue
		}
		if cells[column].text == "" {
			cells[column] = r.above[column]
		}
		r.above[column] = cells[column]
	}
}

// takes says whether the recipe takes a row.
func (r *recipeRows) takes(f *filling) (bool, *unfilled) {
	for _, test := range r.recipe.Skip {
		text, _, wrong := f.fill(test.Column)
		if wrong != nil || test.Matching.MatchString(text) {
			return false, wrong
		}
	}
	for _, test := range r.recipe.Only {
		text, _, wrong := f.fill(test.Column)
		if wrong != nil || !test.Matching.MatchString(text) {
			return false, wrong
		}
	}
	return true, nil
}

// parts takes the named groups out of cells of a row.
func (r *recipeRows) parts(f *filling) *unfilled {
	for _, name := range slices.Sorted(maps.Keys(r.recipe.Parts)) {
		text, ref, wrong := f.named(name)
		if wrong != nil {
			return wrong
		}
		if !matches(r.recipe.Parts[name], text, f.groups) {
			return &unfilled{"recipe_part", text, ref, "does not match the recipe's parts for " + name,
				"correct the expression, or pass the row over with skip"}
		}
	}
	return nil
}

// matches adds the named groups of an expression that matches a text.
func matches(p pattern, text string, groups map[string]string) bool {
	match := p.FindStringSubmatch(text)
	for n, name := range p.SubexpNames() {
		if match != nil && name != "" {
			groups[name] = match[n]
		}
	}
	return match != nil
}

// record makes a row of the import. It says whether more are wanted.
func (r *recipeRows) record(line int, f *filling) bool {
	cells := make([]cell, len(r.fields))
	for n, field := range r.fields {
		text, ref, wrong := f.fill(r.recipe.Fields[field])
		if wrong != nil {
			r.wrong(line, field, wrong)
			return !r.log.enough(line)
		}
		cells[n] = cell{text: text, ref: r.address(ref)}
		if ref != "" {
			cells[n].text = r.clean(field, text)
		}
		if cells[n].text == "" && slices.Contains(r.recipe.Missing.Needs, field) {
			r.left.Missing++
			r.blank = r.blank && strings.TrimSpace(text) == ""
			return true
		}
	}
	r.blank = false
	return r.add(line, cells)
}

// clean brings the text of a cell to what the import takes.
func (r *recipeRows) clean(field, text string) string {
	for _, p := range r.recipe.Remove[field] {
		text = p.ReplaceAllString(text, "")
	}
	text = strings.TrimSpace(text)
	if slices.Contains(r.recipe.Missing.Words, text) {
		return ""
	}
	if renamed, ok := r.recipe.Rename[field][text]; ok {
		text = renamed
	}
	if number, ok := r.recipe.Numbers[field]; ok {
		text = number.write(text)
	}
	return text
}

// address names a cell with its sheet: Table 4!C7.
func (r *recipeRows) address(ref string) string {
	if ref == "" || r.log.sheet == "" {
		return ref
	}
	return r.log.sheet + "!" + ref
}
