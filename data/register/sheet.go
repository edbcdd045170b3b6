package register

import (
	"bufio"
	"encoding/csv"
	"errors"
	"hash/maphash"
	"os"
	"slices"
	"strconv"
	"strings"
)

// sheet is one CSV file of a record. Its rows are kept as the lines they are written as, for there may be millions, and
// are found by their key.
type sheet struct {
	header []string
	rows   []row
	key    []int // the columns that tell rows apart

	seed  maphash.Seed
	index map[uint64]int32 // of a hash of the key, the row that came last with it, from 1
	text  [][]byte         // the lines, in pieces of one size
	line  []byte           // used again for each
}

// row is a row of a sheet. from says which import it came with; 0 is the base. at is its line in the imported file.
type row struct {
	piece, start, size uint32 // where its line stands in the text
	before             int32  // the row before with the same hash of its key, from 1; 0 for none
	from               int32
	at                 int32
}

func newSheet(header, key []string) *sheet {
	s := &sheet{header: header, seed: maphash.MakeSeed(), index: make(map[uint64]int32)}
	for _, name := range key {
		s.key = append(s.key, s.column(name))
	}
	return s
}

// lineOf is a row as a line of CSV, without its end.
func (s *sheet) lineOf(r row) []byte { return s.text[r.piece][r.start:][:r.size] }

// column is the place of a column in a sheet.
func (s *sheet) column(name string) int { return slices.Index(s.header, name) }

// cells are what stands in a row.
func (s *sheet) cells(row int) []string {
	line := string(s.lineOf(s.rows[row]))
	if strings.IndexByte(line, '"') < 0 {
		return strings.Split(line, ",")
	}
	cells, err := csv.NewReader(strings.NewReader(line)).Read()
	if err != nil || len(cells) != len(s.header) {
		panic("register: a line that this package wrote cannot be read: " + line)
	}
	return cells
}

// find are the rows with the same key as these cells, the oldest first.
func (s *sheet) find(cells []string) []int { return s.findHash(s.hash(cells), cells) }

func (s *sheet) findHash(hash uint64, cells []string) []int {
	var found []int
	for at := s.index[hash]; at > 0; at = s.rows[at-1].before {
		there := s.cells(int(at) - 1)
		if !slices.ContainsFunc(s.key, func(c int) bool { return there[c] != cells[c] }) {
			found = append(found, int(at)-1)
		}
	}
	slices.Reverse(found)
	return found
}

func (s *sheet) hash(cells []string) uint64 {
	s.line = s.line[:0]
	for _, c := range s.key {
		s.line = append(append(s.line, cells[c]...), 0)
	}
	return maphash.Bytes(s.seed, s.line)
}

// append adds a row and gives its place.
func (s *sheet) append(cells []string, from, at int) int {
	return s.appendHash(s.hash(cells), cells, from, at)
}

func (s *sheet) appendHash(hash uint64, cells []string, from, at int) int {
	r := s.keep(cells)
	r.before, r.from, r.at = s.index[hash], int32(from), int32(at)
	s.rows = append(s.rows, r)
	s.index[hash] = int32(len(s.rows))
	return len(s.rows) - 1
}

// Outcome is what laying a row over the record did.
type Outcome int

// A row was new, took the place of another, or said what was there already.
const (
	Added Outcome = iota
	Changed
	Unchanged
)

// lay lays cells over a row. A blank cell says nothing: it takes what is there, and so does one that says the same number in
// other figures. before is what was there.
func (s *sheet) lay(at int, cells []string, from, line int) (outcome Outcome, before []string) {
	before = s.cells(at)
	for c, cell := range cells {
		if cell == "" || sameNumber(s.header[c], before[c], cell) {
			cells[c] = before[c]
		}
	}
	if slices.Equal(before, cells) {
		return Unchanged, before
	}
	r := s.keep(cells)
	r.before, r.from, r.at = s.rows[at].before, int32(from), int32(line)
	s.rows[at] = r
	return Changed, before
}

// sameNumber says whether two cells of a column of numbers are one number: 0.4 and 0.40.
func sameNumber(column, a, b string) bool {
	switch column {
	case "value", "lower", "upper", "numerator", "denominator", "percent", "lowest", "highest", "average", "cases", "points", "points_max":
		x, errX := strconv.ParseFloat(a, 64)
		y, errY := strconv.ParseFloat(b, 64)
		return errX == nil && errY == nil && x == y
	}
	return false
}

// pieceSize is how much room is made at a time for lines, in bytes.
const pieceSize = 1 << 20

// keep puts cells into the text as a line, and says where.
func (s *sheet) keep(cells []string) row {
	s.line = appendCSV(s.line[:0], cells)
	last := len(s.text) - 1
	if last < 0 || cap(s.text[last])-len(s.text[last]) < len(s.line) {
		s.text = append(s.text, make([]byte, 0, max(pieceSize, len(s.line))))
		last++
	}
	start := len(s.text[last])
	s.text[last] = append(s.text[last], s.line...)
	return row{piece: uint32(last), start: uint32(start), size: uint32(len(s.line))}
}

// appendCSV adds cells to a line as encoding/csv writes them: in quotes only where they need be.
func appendCSV(line []byte, cells []string) []byte {
	for n, cell := range cells {
		if n > 0 {
			line = append(line, ',')
		}
		if isPlain(cell) {
			line = append(line, cell...)
			continue
		}
		line = append(line, '"')
		line = append(line, strings.ReplaceAll(cell, `"`, `""`)...)
		line = append(line, '"')
	}
	return line
}

// isPlain says that a cell needs no quotes.
func isPlain(cell string) bool {
	if cell != "" && cell[0] == ' ' || cell == `\.` {
		return false
	}
	for i := range len(cell) {
		switch cell[i] {
		case ',', '"', '\r', '\n':
			return false
		}
	}
	return true
}

func (s *sheet) write(path string) (err error) {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	w := bufio.NewWriterSize(out, 1<<18)
	if _, err := w.Write(append(appendCSV(nil, s.header), '\n')); err != nil {
		return err
	}
	for _, r := range s.rows {
		if _, err := w.Write(s.lineOf(r)); err != nil {
			return err
		}
		if err := w.WriteByte('\n'); err != nil {
			return err
		}
	}
	return w.Flush()
}
