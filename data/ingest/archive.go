package ingest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"
)

// The bounds set on a workbook before anything reads it.
const (
	maxEntries   = 200
	maxUnpacked  = 32 << 20 // bytes of all entries, as declared and as they are
	maxRatio     = 100      // unpacked bytes to packed ones
	ratioMatters = 64 << 10 // unpacked bytes of an entry from which its own ratio is looked at
	maxPart      = 4 << 20  // bytes of a part other than a worksheet, the texts or a picture
)

// foreign are parts of an archive that this import does not read and will not pass over, by what their names hold.
// harmless ones are passed over by a recipe, which reads cells as they were saved.
var foreign = []struct {
	name, rule, problem, fix string
	harmless                 bool
}{
	{"vbaproject", "macro", "holds macros", "save it as an Excel workbook without macros (.xlsx)", false},
	{"/macrosheets/", "macro", "holds a macro sheet", "save it as an Excel workbook without macros (.xlsx)", false},
	{"/activex/", "macro", "holds controls", "delete the controls", false},
	{"/dialogsheets/", "macro", "holds a dialog sheet", "delete the sheet", false},
	{"/externallinks/", "external_link", "is linked to another workbook", "break the links (Data, Edit Links)", true},
	{"xl/connections.xml", "external_link", "is connected to another source of data",
		"delete the connections (Data, Queries & Connections)", true},
	{"/querytables/", "external_link", "is connected to another source of data",
		"delete the connections (Data, Queries & Connections)", true},
	{"basic/", "macro", "holds macros", "delete the macros (Tools, Macros)", false},
	{"scripts/", "macro", "holds macros", "delete the macros (Tools, Macros)", false},
	{"/embeddings/", "embedded", "holds another document", "delete the embedded document", true},
}

// archive is a workbook's file that keeps to the bounds.
type archive struct {
	reader *zip.Reader
	parts  map[string]*zip.File // by name in small letters
}

// openArchive holds a file to the bounds: first what it says about itself, then what it unpacks to.
func (t *table) openArchive(content []byte) (*archive, bool) {
	reader, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.log.whole("workbook_broken", "is no whole workbook: "+err.Error(), "send the file again")
		return nil, false
	}
	a := &archive{reader: reader, parts: make(map[string]*zip.File)}
	if len(reader.File) > maxEntries {
		t.log.whole("archive_entries", fmt.Sprintf("holds %d entries, more than %d", len(reader.File), maxEntries),
			"save the rows alone in a new workbook")
		return nil, false
	}
	var unpacked uint64
	for _, entry := range reader.File {
		t.entry(a, entry)
		unpacked += min(entry.UncompressedSize64, maxUnpacked+1)
	}
	if unpacked > maxUnpacked || unpacked > uint64(len(content))*maxRatio {
		t.tooLarge(fmt.Sprintf("%d bytes unpacked from %d", unpacked, len(content)))
	}
	if t.log.refused() {
		return nil, false
	}
	return a, t.unpack(a)
}

func (t *table) tooLarge(what string) {
	t.log.whole("archive_size", fmt.Sprintf("is packed too densely or too large: %s; at most %d bytes and %d times are "+
		"read", what, maxUnpacked, maxRatio), "save the rows alone in a new workbook")
}

// entry looks at what the archive says about one of its entries.
func (t *table) entry(a *archive, entry *zip.File) {
	name := strings.ToLower(entry.Name)
	odd := func(rule, problem, fix string) { t.log.line(0, rule, entry.Name, problem, fix) }
	if strings.ContainsAny(name, "\\:\x00") || path.IsAbs(name) ||
		path.Clean("/"+name) != "/"+strings.TrimSuffix(name, "/") {
		odd("archive_name", "is no name of a part of a workbook", "save it again in a spreadsheet program")
	}
	if a.parts[name] != nil {
		odd("archive_name", "stands in the archive twice", "save it again in a spreadsheet program")
	}
	a.parts[name] = entry
	if entry.Flags&1 != 0 {
		odd("archive_encrypted", "is encrypted", "save it without a password")
	}
	if entry.Method != zip.Store && entry.Method != zip.Deflate {
		odd("archive_method", "is packed in a way that workbooks are not", "save it again in a spreadsheet program")
	}
	if big := entry.UncompressedSize64 > ratioMatters; big &&
		entry.UncompressedSize64/maxRatio > entry.CompressedSize64 {
		t.tooLarge(fmt.Sprintf("%s says that it unpacks from %d bytes to %d", entry.Name, entry.CompressedSize64,
			entry.UncompressedSize64))
	}
	for _, f := range foreign {
		if strings.Contains(name, f.name) && !(t.lenient && f.harmless) {
			odd(f.rule, f.problem, f.fix)
		}
	}
}

// unpack reads every part once: its size as it is, whether it is an archive, and whether it defines entities.
func (t *table) unpack(a *archive) bool {
	var part bytes.Buffer
	if manifest, err := a.read(odsManifestPart); err == nil && bytes.Contains(manifest, []byte("encryption-data")) {
		t.log.whole("archive_encrypted", "is protected with a password", "save it without a password")
		return false
	}
	left := int64(maxUnpacked)
	for _, entry := range a.reader.File {
		part.Reset()
		if err := copyPart(&part, entry, left+1); err != nil {
			t.log.line(0, "workbook_broken", entry.Name, "cannot be unpacked: "+err.Error(), "send the file again")
			return false
		}
		left -= int64(part.Len())
		size := uint64(part.Len())
		if left < 0 || size > ratioMatters && size/maxRatio > entry.CompressedSize64 {
			t.tooLarge(fmt.Sprintf("%s unpacks from %d bytes to %d or more", entry.Name, entry.CompressedSize64, size))
			return false
		}
		t.part(strings.ToLower(entry.Name), part.Bytes())
	}
	return !t.log.refused()
}

// read unpacks a part; nil where there is none.
func (a *archive) read(name string) ([]byte, error) {
	entry := a.parts[name]
	if entry == nil {
		return nil, nil
	}
	var part bytes.Buffer
	err := copyPart(&part, entry, maxUnpacked)
	return part.Bytes(), err
}

func copyPart(to *bytes.Buffer, entry *zip.File, most int64) error {
	from, err := entry.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	_, err = io.Copy(to, io.LimitReader(from, most))
	return err
}

// part looks at what one part holds.
func (t *table) part(name string, content []byte) {
	switch {
	case bytes.HasPrefix(content, []byte(workbookSignature)):
		t.log.line(0, "archive_nested", name, "is an archive within the archive",
			"delete what is embedded in the workbook")
		return
	case !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels"):
		return
	case bytes.IndexByte(content, 0) >= 0:
		t.log.line(0, "encoding", name, "is not UTF-8", "save it again in a spreadsheet program")
		return
	case len(content) > maxPart && !strings.HasPrefix(name, "xl/worksheets/") && name != stringsPart && name != odsPart:
		t.log.line(0, "archive_size", name, fmt.Sprintf("has %d bytes, more than %d", len(content), maxPart),
			"save the rows alone in a new workbook")
		return
	}
	if definition.Match(content) {
		t.log.line(0, "doctype", name, "defines entities or a document type", "save it again in a spreadsheet program")
		return
	}
	if name == "[content_types].xml" && macroWorkbook.Match(content) {
		t.log.whole("macro", "is a workbook with macros by its content",
			"save it as an Excel workbook without macros (.xlsx)")
	}
}

// macroWorkbook is a part of the archive whose type has macros. Some programs name such types for parts that they never
// write.
var macroWorkbook = regexp.MustCompile(`(?i)<override\b[^>]*macroenabled`)

// definition begins what no part of a workbook needs, and what makes a small one large.
var definition = regexp.MustCompile(`<!(?i:doctype|entity)`)
