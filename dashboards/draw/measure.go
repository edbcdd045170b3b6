package draw

import "strings"

// letterWidth is about how wide a letter is, in parts of the size of its type, in the sans-serif faces that machines
// have. It is a little wide, so that no line runs over the edge.
func letterWidth(letter rune) float64 {
	switch {
	case strings.ContainsRune("iljtfrI.,:;'|!()[] ", letter):
		return 0.36
	case strings.ContainsRune("mwMW@%—", letter):
		return 0.92
	case letter >= 'A' && letter <= 'Z':
		return 0.72
	}
	return 0.58
}

// textWidth is about how wide a text is, in pixels, at a size of type.
func textWidth(text string, size float64) float64 {
	width := 0.0
	for _, letter := range text {
		width += letterWidth(letter) * size
	}
	return width
}

// lines breaks a text between words, and within a word that is longer than a line, so that each line has room.
func lines(text string, size, room float64) []string {
	var out []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && textWidth(line+" "+word, size) > room {
			out, line = append(out, line), ""
		}
		if line != "" {
			line += " "
		}
		for _, letter := range word {
			if textWidth(line+string(letter), size) > room {
				out, line = append(out, line), ""
			}
			line += string(letter)
		}
	}
	if line != "" {
		out = append(out, line)
	}
	return out
}
