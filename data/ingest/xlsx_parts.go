package ingest

import (
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// The parts that every workbook has under these names, in small letters; the library looks for them nowhere else.
const (
	workbookPart  = "xl/workbook.xml"
	relationsPart = "xl/_rels/workbook.xml.rels"
	stringsPart   = "xl/sharedstrings.xml"
	stylesPart    = "xl/styles.xml"
)

// workbook is what the parts around the worksheets say.
type workbook struct {
	styles  []cellKind // what a number is shown as, by the style of its cell
	strings []string   // texts that cells may point to
	from104 bool       // dates count from 1904
}

// openXLSX reads what stands around the worksheets of an Excel workbook.
func (t *table) openXLSX(a *archive) ([]sheet, bool) {
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		List []relation `xml:"Relationship"`
	}
	if !t.decodePart(a, workbookPart, maxPart, &book) || !t.decodePart(a, relationsPart, maxPart, &relations) {
		return nil, false
	}
	w := &workbook{from104: isTrue(book.Properties.Date1904)}
	targets := make(map[string]relation)
	for _, r := range relations.List {
		targets[r.ID] = r
		for suffix, part := range map[string]string{"/styles": stylesPart, "/sharedStrings": stringsPart} {
			if strings.HasSuffix(r.Type, suffix) && r.part() != part {
				t.log.line(0, "workbook_broken", r.Target, "is not where workbooks have it", "save it again with Excel")
			}
		}
	}
	var sheets []sheet
	for _, s := range book.Sheets {
		of := sheet{name: s.Name, hidden: s.State != "" && s.State != "visible"}
		r := targets[s.ID]
		if part := a.parts[r.part()]; part != nil && strings.HasSuffix(r.Type, "/worksheet") {
			of.read = func(s *scan) bool { return s.worksheet(w, part) }
		}
		sheets = append(sheets, of)
	}
	return sheets, !t.log.refused() && t.readStyles(a, w) && t.readStrings(a, w)
}

type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// part is the name of the part that the workbook is related to, in small letters.
func (r relation) part() string {
	target := strings.ToLower(r.Target)
	if path.IsAbs(target) {
		return strings.TrimPrefix(path.Clean(target), "/")
	}
	return path.Join("xl", target)
}

// decodePart reads a part that must be there, of at most some bytes.
func (t *table) decodePart(a *archive, name string, most int64, into any) bool {
	entry := a.parts[name]
	if entry == nil {
		t.log.line(0, "workbook_broken", name, "is missing", "save it again with Excel")
		return false
	}
	from, err := entry.Open()
	if err == nil {
		defer from.Close()
		err = xml.NewDecoder(io.LimitReader(from, most)).Decode(into)
	}
	if err != nil {
		t.log.line(0, "workbook_broken", name, "cannot be read: "+err.Error(), "save it again with Excel")
		return false
	}
	return true
}

// readStyles finds out what numbers are shown as. A workbook without styles shows them as they are.
func (t *table) readStyles(a *archive, w *workbook) bool {
	w.styles = []cellKind{kindNumber}
	if a.parts[stylesPart] == nil {
		return true
	}
	var styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if !t.decodePart(a, stylesPart, maxPart, &styles) {
		return false
	}
	codes := make(map[int]string)
	for _, f := range styles.Formats {
		codes[f.ID] = f.Code
	}
	if len(styles.Cells) > 0 {
		w.styles = w.styles[:0]
	}
	for _, c := range styles.Cells {
		w.styles = append(w.styles, shownAs(c.Format, codes))
	}
	return true
}

// xlsxText is a text of a workbook: all of it, or the runs of it. The reading aids of Japanese are left out.
type xlsxText struct {
	Text string `xml:"t"`
	Runs []struct {
		Text string `xml:"t"`
	} `xml:"r"`
}

// String returns the text with its runs.
func (t xlsxText) String() string {
	if len(t.Runs) == 0 {
		return t.Text
	}
	var text strings.Builder
	text.WriteString(t.Text)
	for _, run := range t.Runs {
		text.WriteString(run.Text)
	}
	return text.String()
}

// readStrings reads the texts that cells may point to.
func (t *table) readStrings(a *archive, w *workbook) bool {
	if a.parts[stringsPart] == nil {
		return true
	}
	var texts struct {
		List []xlsxText `xml:"si"`
	}
	if !t.decodePart(a, stringsPart, maxUnpacked, &texts) {
		return false
	}
	for _, text := range texts.List {
		w.strings = append(w.strings, text.String())
	}
	return true
}

var escaped = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

// unescaped returns a text with the characters that XML cannot hold, which a workbook writes as _x000D_.
func unescaped(text string) string {
	return escaped.ReplaceAllStringFunc(text, func(code string) string {
		n, err := strconv.ParseUint(code[2:6], 16, 16)
		if err != nil {
			return code
		}
		return string(rune(n))
	})
}

func isTrue(attribute string) bool { return attribute == "1" || attribute == "true" }

// cellName is what a spreadsheet calls the cell in a row, counted from 1, and a column, counted from 0.
func cellName(line, column int) string { return fmt.Sprintf("%s%d", columnLetter(column), line) }
