package ingest

import (
	"bytes"
	"fmt"

	"golang.org/x/text/encoding/unicode"
)

const (
	bomUTF8    = "\xef\xbb\xbf"
	bomUTF16LE = "\xff\xfe"
	bomUTF16BE = "\xfe\xff"
	bomUTF32LE = "\xff\xfe\x00\x00"
	bomUTF32BE = "\x00\x00\xfe\xff"
)

// decode is the text of a file as UTF-8, by its byte order mark; without one it is UTF-8, and wrong bytes are found
// cell by cell. decoded says that the file was in another encoding, so that its bytes stand elsewhere.
func (t *table) decode(content []byte) (text []byte, decoded, ok bool) {
	starts := func(mark string) bool { return bytes.HasPrefix(content, []byte(mark)) }
	switch {
	case starts(bomUTF32LE), starts(bomUTF32BE):
		t.log.whole("encoding", "is UTF-32", "save it as CSV UTF-8")
		return nil, false, false
	case starts(bomUTF16LE):
		return t.decodeUTF16(content[2:], unicode.LittleEndian)
	case starts(bomUTF16BE):
		return t.decodeUTF16(content[2:], unicode.BigEndian)
	case starts(bomUTF8):
		content, t.bom = content[len(bomUTF8):], len(bomUTF8)
	}
	head := content[:min(len(content), 1000)]
	if nuls := bytes.Count(head, []byte{0}); nuls*4 > len(head) {
		t.log.whole("encoding", "has a NUL in every other byte: it is UTF-16 without its mark, or no text",
			"save it as CSV UTF-8")
		return nil, false, false
	}
	if !t.hasLines(bytes.IndexByte(content, '\r'), bytes.IndexByte(content, '\n')) {
		return nil, false, false
	}
	return content, false, true
}

func (t *table) decodeUTF16(content []byte, order unicode.Endianness) (text []byte, decoded, ok bool) {
	if len(content)%2 != 0 {
		t.log.whole("encoding",
			fmt.Sprintf("is UTF-16 by its mark, yet has an odd number of bytes, %d", len(content)+2),
			"save it as CSV UTF-8")
		return nil, false, false
	}
	cr, lf := []byte{'\r', 0}, []byte{'\n', 0}
	if order == unicode.BigEndian {
		cr, lf = []byte{0, '\r'}, []byte{0, '\n'}
	}
	if !t.hasLines(bytes.Index(content, cr), bytes.Index(content, lf)) {
		return nil, false, false
	}
	text, err := unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Bytes(content)
	if err != nil {
		t.log.whole("encoding", "cannot be read: "+err.Error(), "save it as CSV UTF-8")
		return nil, false, false
	}
	return text, true, true
}

// hasLines finds a file whose lines end as those of old Macintoshes did, all of which would be one line.
func (t *table) hasLines(firstCR, firstLF int) bool {
	if firstCR >= 0 && firstLF < 0 {
		t.log.line(1, "line_ends", "", "ends its lines with a carriage return alone",
			"save it as CSV UTF-8 (not CSV for Macintosh)")
		return false
	}
	return true
}
