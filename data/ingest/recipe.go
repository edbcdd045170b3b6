package ingest

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"yardstick/data/finding"
)

// Recipe says how a sheet that somebody else laid out is read as rows of an import: which sheet, where its header
// stands, which rows count, and which cells become which columns of the import format. docs/recipes.md describes the
// file, which is TOML.
type Recipe struct {
	Name    string                       `toml:"-"`       // of its file
	About   string                       `toml:"about"`   // what it reads, in a sentence
	Kind    Kind                         `toml:"kind"`    // of the rows it makes; indicators where it says none
	Sheet   recipeSheet                  `toml:"sheet"`   //
	Skip    []recipeTest                 `toml:"skip"`    // rows that match any of these are passed over
	Only    []recipeTest                 `toml:"only"`    // rows that do not match all of these are passed over
	Parts   map[string]pattern           `toml:"parts"`   // named groups taken from a cell of each row
	Across  *recipeAcross                `toml:"across"`  // where one row of the sheet is several of the import
	Fields  map[string]template          `toml:"fields"`  // columns of the import format
	Remove  map[string][]pattern         `toml:"remove"`  // by field: taken out of its text: footnote marks and the like
	Rename  map[string]map[string]string `toml:"rename"`  // by field: texts that stand for others
	Lookup  map[string]map[string]string `toml:"lookup"`  // tables that templates look a text up in
	Numbers map[string]recipeNumber      `toml:"numbers"` // by field
	Missing recipeMissing                `toml:"missing"`
}

type recipeSheet struct {
	Name       string   `toml:"name"`        // of the sheet; with neither this nor matching, the only one
	Matching   *pattern `toml:"matching"`    // of its name
	HeaderRow  int      `toml:"header_row"`  // counted from 1
	HeaderCell string   `toml:"header_cell"` // or the text of a cell that the first header row has
	HeaderRows int      `toml:"header_rows"` // how many rows the header has; 1 where it says none
	FirstRow   int      `toml:"first_row"`   // of the figures; the one after the header where it says none
	Until      *pattern `toml:"until"`       // reading ends before the row whose first filled cell matches
	FillDown   []string `toml:"fill_down"`   // columns whose blank cells have the value above
	Separator  string   `toml:"separator"`   // of a CSV file
	Encoding   string   `toml:"encoding"`    // of a CSV file: utf-8 or windows-1252
}

// recipeTest is what a cell of a row must match.
type recipeTest struct {
	Column   template `toml:"column"`
	Matching *pattern `toml:"matching"`
}

// recipeAcross makes a row of the import of each column whose name matches.
type recipeAcross struct {
	Columns *pattern `toml:"columns"`
}

// recipeNumber is how a number is written down: multiplied, then rounded half away from zero.
type recipeNumber struct {
	Times    string `toml:"times"`
	Decimals *int   `toml:"decimals"`
}

// recipeMissing is how the sheet marks a value that it does not give.
type recipeMissing struct {
	Words []string `toml:"words"`
	Needs []string `toml:"needs"` // fields without which there is no row; value, for indicators, where it says none
}

// pattern is a regular expression of a recipe.
type pattern struct{ *regexp.Regexp }

// UnmarshalText compiles the expression.
func (p *pattern) UnmarshalText(text []byte) error {
	expression, err := regexp.Compile(string(text))
	p.Regexp = expression
	return err
}

//go:embed recipes/*.toml
var shippedRecipes embed.FS

// ShippedRecipes are the recipes that come with the program, as text by name.
func ShippedRecipes() map[string][]byte {
	recipes := make(map[string][]byte)
	files, err := fs.Glob(shippedRecipes, "recipes/*.toml")
	if err != nil {
		panic(err) // the pattern is malformed
	}
	for _, file := range files {
		text, err := shippedRecipes.ReadFile(file)
		if err != nil {
			panic(err) // an embedded file can be read
		}
		recipes[strings.TrimSuffix(strings.TrimPrefix(file, "recipes/"), ".toml")] = text
	}
	return recipes
}

// ParseRecipe reads a recipe. What is wrong with it is a *finding.Error whose findings name the key.
func ParseRecipe(name string, text []byte) (*Recipe, error) {
	r := &Recipe{Name: name}
	read, err := toml.Decode(string(text), r)
	if err != nil {
		f := finding.Finding{File: name, Rule: "recipe", Problem: err.Error(), Fix: "correct the recipe"}
		if broken, ok := errors.AsType[toml.ParseError](err); ok {
			f.Line, f.Column, f.Problem = broken.Position.Line, broken.LastKey, "cannot be read: "+broken.Message
		}
		return nil, &finding.Error{Findings: []finding.Finding{f}}
	}
	r.Kind = cmp.Or(r.Kind, KindIndicators)
	r.Sheet.HeaderRows = max(r.Sheet.HeaderRows, 1)
	if r.Missing.Needs == nil && r.Kind == KindIndicators {
		r.Missing.Needs = []string{"value"}
	}
	c := recipeCheck{recipe: r}
	for _, key := range read.Undecoded() {
		c.found(key.String(), "", "is not part of a recipe", "delete it, or correct its name")
	}
	c.all()
	if len(c.findings) > 0 {
		return nil, &finding.Error{Findings: c.findings}
	}
	return r, nil
}

// AboutRecipe returns what a recipe says that it reads.
func AboutRecipe(text []byte) (string, error) {
	var r struct {
		About string `toml:"about"`
	}
	err := toml.Unmarshal(text, &r)
	return r.About, err
}

// recipeCheck gathers what is wrong with a recipe.
type recipeCheck struct {
	recipe   *Recipe
	findings []finding.Finding
}

func (c *recipeCheck) found(key, value, problem, fix string) {
	c.findings = append(c.findings, finding.Finding{
		File: c.recipe.Name, Column: key, Value: value, Rule: "recipe", Problem: problem, Fix: fix,
	})
}

func (c *recipeCheck) all() {
	r := c.recipe
	if (r.Sheet.HeaderRow > 0) == (r.Sheet.HeaderCell != "") {
		c.found("sheet", "", "needs one of header_row and header_cell", "say where the header stands, in one of the two ways")
	}
	if r.Sheet.HeaderRow < 0 || r.Sheet.HeaderRows > maxHeaderRows || r.Sheet.FirstRow < 0 {
		c.found("sheet", "", "counts rows that cannot be",
			fmt.Sprintf("count from 1; a header has at most %d", maxHeaderRows))
	}
	if !slices.Contains([]string{"", ",", ";", "\t", "|"}, r.Sheet.Separator) {
		c.found("sheet.separator", r.Sheet.Separator, "is no separator of columns", `write "," ";" "\t" or "|"`)
	}
	if !slices.Contains([]string{"", encodingUTF8, encodingWindows}, r.Sheet.Encoding) {
		c.found("sheet.encoding", r.Sheet.Encoding, "is no encoding of a recipe",
			"write "+encodingUTF8+" or "+encodingWindows)
	}
	if r.Across != nil && r.Across.Columns == nil {
		c.found("across", "", "has no columns", "give a regular expression for the names of the columns")
	}
	for name, tests := range map[string][]recipeTest{"skip": r.Skip, "only": r.Only} {
		for n, test := range tests {
			key := fmt.Sprintf("%s[%d]", name, n+1)
			if len(test.Column) == 0 || test.Matching == nil {
				c.found(key, "", "needs a column and matching", "write both")
			}
			c.template(key, test.Column)
		}
	}
	c.fields()
	for field, number := range r.Numbers {
		c.field("numbers", field)
		if _, ok := number.factor(); !ok {
			c.found("numbers."+field+".times", number.Times, "is no number", `write it as "100" or "0.001"`)
		}
		if number.Decimals != nil && (*number.Decimals < 0 || *number.Decimals > 9) {
			c.found("numbers."+field+".decimals", "", "is not between 0 and 9", "write how many decimals are kept")
		}
	}
	for field := range r.Remove {
		c.field("remove", field)
	}
	for field := range r.Rename {
		c.field("rename", field)
	}
	for _, field := range r.Missing.Needs {
		c.field("missing.needs", field)
	}
}

// fields holds the fields to the columns of their kind of file.
func (c *recipeCheck) fields() {
	r := c.recipe
	kinds := only(r.Kind)
	if len(kinds) == 0 {
		c.found("kind", string(r.Kind), "is no kind of file", fmt.Sprintf("write one of %v", Kinds()))
		return
	}
	names := kinds[0].names(optional)
	for _, field := range slices.Sorted(maps.Keys(r.Fields)) {
		if !slices.Contains(names, field) {
			c.found("fields."+field, "", "is not a column of a file of "+string(r.Kind),
				"name it one of "+strings.Join(names, ", "))
		}
		c.template("fields."+field, r.Fields[field])
	}
	for _, missing := range kinds[0].missing(slices.Collect(maps.Keys(r.Fields))) {
		c.found("fields."+missing, "", "is missing: a file of "+string(r.Kind)+" has it", "say what it is")
	}
}

func (c *recipeCheck) field(section, field string) {
	if _, ok := c.recipe.Fields[field]; !ok {
		c.found(section+"."+field, "", "is none of the recipe's fields", "name it as [fields] does")
	}
}

// template holds the lookups and the cell that a template names to what the recipe has.
func (c *recipeCheck) template(key string, t template) {
	for _, p := range t {
		c.template(key, p.name)
		if p.lookup != "" && c.recipe.Lookup[p.lookup] == nil {
			c.found(key, p.lookup, "is none of the recipe's lookups", "add [lookup."+p.lookup+"], or correct the name")
		}
		if name, plain := p.name.plain(); plain && name == acrossCell && c.recipe.Across == nil {
			c.found(key, "{cell}", "is the cell of a column across, and there is no [across]", "name the column")
		}
	}
}

// groups are the names that regular expressions of a recipe give to parts of a cell.
func (r *Recipe) groups() map[string]bool {
	names := make(map[string]bool)
	add := func(p pattern) {
		for _, name := range p.SubexpNames() {
			if name != "" {
				names[name] = true
			}
		}
	}
	for _, p := range r.Parts {
		add(p)
	}
	if r.Across != nil {
		add(*r.Across.Columns)
	}
	return names
}

// SetFields returns a recipe whose fields have other templates, such as the address of the document that a workbook
// came from.
func SetFields(text []byte, fields map[string]string) ([]byte, error) {
	if len(fields) == 0 {
		return text, nil
	}
	recipe := make(map[string]any)
	if err := toml.Unmarshal(text, &recipe); err != nil {
		return text, nil // which ParseRecipe says better
	}
	had, ok := recipe["fields"].(map[string]any)
	if !ok {
		had = make(map[string]any)
		recipe["fields"] = had
	}
	for field, value := range fields {
		had[field] = value
	}
	return toml.Marshal(recipe)
}
