package export

import (
	"bytes"
	"encoding/json"
	"io"
	"time"
)

// writeJSON writes an object of the release and the rows, each row an object in the order of the columns with null for
// nil: the envelope that the interface's answers have.
func writeJSON(w io.Writer, t Table, o Origin) error {
	var out bytes.Buffer
	release, err := json.Marshal(map[string]any{"id": o.Release, "date": o.Date})
	if err != nil {
		return err
	}
	out.WriteString(`{"release":`)
	out.Write(release)
	out.WriteString(`,"data":[`)
	for n, row := range t.Rows {
		if n > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n{")
		for i, cell := range row {
			if i > 0 {
				out.WriteByte(',')
			}
			if day, ok := cell.(time.Time); ok {
				cell = day.Format(time.DateOnly)
			}
			value, err := json.Marshal(cell)
			if err != nil {
				return err
			}
			out.WriteString(`"` + t.Columns[i].Name + `":`)
			out.Write(value)
		}
		out.WriteByte('}')
	}
	out.WriteString("\n]}\n")
	_, err = out.WriteTo(w)
	return err
}
