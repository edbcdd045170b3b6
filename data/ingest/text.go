package ingest

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// trim takes Unicode spaces, the no-break ones included, from both ends.
func trim(text string) string {
	if text == "" || dark(text[0]) && dark(text[len(text)-1]) {
		return text
	}
	return strings.TrimFunc(text, unicode.IsSpace)
}

// dark says that a byte is a character of its own and no space.
func dark(b byte) bool { return b > ' ' && b < 0x7f }

// unseen are characters that cannot be seen and change what is read or matched, by name.
var unseen = map[rune]string{
	0: "NUL", '\t': "tab", '\n': "line break", '\r': "carriage return", 0x7f: "delete",
	0xad: "soft hyphen", 0x61c: "Arabic letter mark", 0x180e: "Mongolian vowel separator",
	0x200b: "zero width space", 0x200c: "zero width non-joiner", 0x200d: "zero width joiner",
	0x200e: "left-to-right mark", 0x200f: "right-to-left mark", 0x2028: "line separator", 0x2029: "paragraph separator",
	0x202a: "left-to-right embedding", 0x202b: "right-to-left embedding", 0x202c: "pop directional formatting",
	0x202d: "left-to-right override", 0x202e: "right-to-left override", 0x2060: "word joiner",
	0x2066: "left-to-right isolate", 0x2067: "right-to-left isolate", 0x2068: "first strong isolate",
	0x2069: "pop directional isolate", 0x3164: "Hangul filler", 0xfeff: "byte order mark",
}

// unfit says what character of a text no cell may hold, if any does. Joiners have their use in other scripts, not in
// the English and Welsh that these columns take.
func unfit(r rune) (name string, bad bool) {
	if name, bad = unseen[r]; bad {
		return fmt.Sprintf("%s (U+%04X)", name, r), true
	}
	switch {
	case r == ' ' || r > ' ' && r < 0x7f:
		return "", false
	case unicode.Is(unicode.Cc, r):
		name = "control character"
	case unicode.Is(unicode.Cf, r):
		name = "invisible character"
	case unicode.Is(unicode.Co, r), unicode.Is(unicode.Cs, r):
		name = "private character"
	case r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef:
		name = "character that is none"
	default:
		return "", false
	}
	return fmt.Sprintf("%s (U+%04X)", name, r), true
}

// legible finds what no text may hold: bytes that are no UTF-8, lost letters, characters that cannot be seen.
func (r *row) legible(column string) bool {
	text := r.cell(column).text
	if !utf8.ValidString(text) {
		at := strings.IndexFunc(text, func(c rune) bool { return c == utf8.RuneError })
		r.found(column, "encoding",
			fmt.Sprintf("holds the byte 0x%02x%s, which is not UTF-8", text[at], r.where(text, at)),
			"save the file as CSV UTF-8; it is probably Windows-1252")
		return false
	}
	if strings.ContainsRune(text, utf8.RuneError) {
		r.found(column, "encoding", "holds U+FFFD, the mark of a letter that was lost",
			"send the file as it was before it was converted")
		return false
	}
	for _, c := range text {
		if name, bad := unfit(c); bad {
			r.found(column, "text", "holds a "+name, "delete the character, or write the value again by hand")
			return false
		}
	}
	return true
}

// where says where in the file a byte of a cell stands, if that can be told.
func (r *row) where(text string, at int) string {
	if r.offset == nil {
		return ""
	}
	return r.offset(text, at)
}

// text reads free text, of one line, with plain spaces for no-break ones.
func (r *row) text(column string) string {
	text, ok := r.written(column)
	if !ok {
		return ""
	}
	switch length := utf8.RuneCountInString(text); {
	case length > maxRunes:
		r.found(column, "text_length", fmt.Sprintf("has %d characters, more than %d", length, maxRunes), "shorten it")
		return ""
	case strings.ContainsRune("=+@", rune(text[0])):
		r.found(column, "formula", "begins like a formula", "write plain words that begin with a letter or digit")
		return ""
	}
	text = noBreakSpaces.Replace(text)
	r.personal(column, text)
	return r.once(text)
}

var noBreakSpaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2007", " ")
