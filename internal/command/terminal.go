package command

import (
	"fmt"
	"io"
	"strings"

	"yardstick/data/finding"
)

// printLine prints as fmt.Fprintf does, and keeps what names and texts of others do to a terminal out of it.
func printLine(out io.Writer, format string, args ...any) {
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

// printError prints an error. Its first line alone begins at the margin.
func printError(errOut io.Writer, err error) {
	for n, line := range strings.Split(err.Error(), "\n") {
		if n == 0 {
			printLine(errOut, "yardstick: %s\n", line)
		} else {
			printLine(errOut, "  %s\n", strings.TrimSpace(line))
		}
	}
}
