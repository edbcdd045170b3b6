package ingest

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

// template is a text of a recipe with names in braces, which a row of the sheet fills: "{Local authority}" is the cell
// under that name, "{#C}" that of a column, "{@A2}" a cell above the header, "{cell}" that of a column across, "{year}"
// a named group, "{year+1}" the number after it, "{month|ends}" what the lookup has for it. Braces within braces
// make a name: "{{year} offenders}".
type template []piece

// piece is a text as it stands, or a name to be filled, perhaps through a lookup.
type piece struct {
	text   string
	name   template
	lookup string
}

// acrossCell is the name of the cell of a column across.
const acrossCell = "cell"

// UnmarshalText reads a template.
func (t *template) UnmarshalText(text []byte) error {
	parsed, err := parseTemplate(string(text))
	*t = parsed
	return err
}

func parseTemplate(text string) (template, error) {
	var t template
	for text != "" {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			open = len(text)
		}
		if strings.Contains(text[:open], "}") {
			return nil, fmt.Errorf("%q closes a brace that it did not open", text)
		}
		if open > 0 {
			t = append(t, piece{text: text[:open]})
			text = text[open:]
			continue
		}
		end := closing(text)
		if end < 0 {
			return nil, fmt.Errorf("%q does not close a brace", text)
		}
		inner, lookup, _ := strings.Cut(text[1:end], "|")
		name, err := parseTemplate(inner)
		if err != nil {
			return nil, err
		}
		if len(name) == 0 {
			return nil, fmt.Errorf("%q names nothing in its braces", text)
		}
		t = append(t, piece{name: name, lookup: strings.TrimSpace(lookup)})
		text = text[end+1:]
	}
	return t, nil
}

// closing is where the brace closes that a text begins with; -1 where it does not.
func closing(text string) int {
	depth := 0
	for at, r := range text {
		switch r {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return at
			}
		}
	}
	return -1
}

// plain returns the text of a template without names.
func (t template) plain() (string, bool) {
	if len(t) != 1 || t[0].name != nil {
		return "", false
	}
	return strings.TrimSpace(t[0].text), true
}

// filling is what names mean in one row of the sheet, for one of its columns across.
type filling struct {
	recipe *Recipe
	header *recipeHeader
	cells  []cell
	across int // the column; -1 where the recipe has none
	groups map[string]string
}

// unfilled says why a name cannot be filled.
type unfilled struct{ rule, value, ref, problem, fix string }

var stepped = regexp.MustCompile(`^(.+)([+-][0-9]{1,4})$`)

// fill returns the text of a template, and the first cell that it comes from.
func (f *filling) fill(t template) (text, ref string, wrong *unfilled) {
	var out strings.Builder
	for _, p := range t {
		if p.name == nil {
			out.WriteString(p.text)
			continue
		}
		name, _, wrong := f.fill(p.name)
		if wrong != nil {
			return "", "", wrong
		}
		value, at, wrong := f.named(strings.TrimSpace(name))
		if wrong != nil {
			return "", "", wrong
		}
		if ref == "" {
			ref = at
		}
		if p.lookup != "" {
			found, ok := f.recipe.Lookup[p.lookup][value]
			if !ok {
				return "", "", &unfilled{"recipe_lookup", value, at, "is not in the recipe's lookup " + p.lookup,
					"add it there, or pass the row over with skip"}
			}
			value = found
		}
		out.WriteString(value)
	}
	return out.String(), ref, nil
}

// named returns what one name means.
func (f *filling) named(name string) (text, ref string, wrong *unfilled) {
	if name == acrossCell && f.across >= 0 {
		return f.at(f.across)
	}
	if value, ok := f.groups[name]; ok {
		ref := ""
		if f.across >= 0 {
			_, ref, _ = f.at(f.across)
		}
		return value, ref, nil
	}
	if m := stepped.FindStringSubmatch(name); m != nil {
		if value, ok := f.groups[m[1]]; ok {
			number, err := strconv.Atoi(value)
			if err != nil {
				return "", "", &unfilled{"recipe_number", value, "", "is no whole number, and the recipe counts on from it",
					"correct the expression that takes " + m[1]}
			}
			step, _ := strconv.Atoi(m[2])
			return fmt.Sprintf("%0*d", len(value), number+step), "", nil
		}
	}
	if title, ok := strings.CutPrefix(name, "@"); ok {
		return f.header.titles[title], title, nil
	}
	column, wrong := f.header.column(name)
	if wrong != nil {
		return "", "", wrong
	}
	return f.at(column)
}

func (f *filling) at(column int) (text, ref string, wrong *unfilled) {
	if column >= len(f.cells) {
		return "", "", nil
	}
	return f.cells[column].text, f.cells[column].ref, nil
}

// factor is what a number is multiplied by.
func (n recipeNumber) factor() (*big.Rat, bool) {
	if n.Times == "" {
		return big.NewRat(1, 1), true
	}
	return new(big.Rat).SetString(n.Times)
}

// write returns a number as the recipe writes it down, exactly; a text that is no number stays as it is, for the
// import to refuse.
func (n recipeNumber) write(text string) string {
	if !plainNumber.MatchString(text) {
		return text
	}
	number, ok := new(big.Rat).SetString(text)
	factor, known := n.factor()
	if !ok || !known {
		return text
	}
	number.Mul(number, factor)
	if n.Decimals != nil {
		return number.FloatString(*n.Decimals)
	}
	decimals, _ := number.FloatPrec()
	return number.FloatString(decimals)
}
