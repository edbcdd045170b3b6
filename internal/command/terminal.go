package command

import (
	"fmt"
	"io"
	"strings"

	"yardstick/data/finding"
)

// tell prints as fmt.Fprintf does, and keeps what names and texts of others do to a terminal out of it.
func tell(out io.Writer, format string, args ...any) {
	for n, arg := range args {
		switch text := arg.(type) {
		case string:
			args[n] = finding.Printable(text)
		case error:
			args[n] = finding.Printable(text.Error())
		case fmt.Stringer:
			args[n] = finding.Printable(text.String())
		}
	}
	fmt.Fprintf(out, format, args...)
}

// tellError prints an error. Its first line alone begins at the margin.
func tellError(errOut io.Writer, err error) {
	for n, line := range strings.Split(err.Error(), "\n") {
		if n == 0 {
			tell(errOut, "yardstick: %s\n", line)
		} else {
			tell(errOut, "  %s\n", strings.TrimSpace(line))
		}
	}
}
