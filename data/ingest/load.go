package ingest

import (
	"fmt"
	"io"
	"io/fs"
	"os"

	"yardstick/data/finding"
)

// Load reads a file to be imported, of at most MostBytes. A folder, a pipe, a device or a larger file is refused with a
// *finding.Error before it is read.
func Load(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, refusedWhole(name, "file_kind", "is "+modeName(info.Mode())+", not a file",
			"save the rows as a file, and name that")
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if info.Size() > MostBytes {
		return nil, tooLarge(name, info.Size())
	}
	content, err := io.ReadAll(io.LimitReader(file, MostBytes+1)) // it may have grown
	if err != nil {
		return nil, err
	}
	if len(content) > MostBytes {
		return nil, tooLarge(name, int64(len(content)))
	}
	return content, nil
}

func tooLarge(name string, size int64) error {
	return refusedWhole(name, "file_size", sizeProblem(size), splitFile)
}

// sizeProblem says that a file has too many bytes, and splitFile what to do about it.
func sizeProblem(size int64) string {
	return fmt.Sprintf("has %d bytes, more than %d", size, MostBytes)
}

const splitFile = "split the file"

func refusedWhole(name, rule, problem, fix string) error {
	return &finding.Error{Findings: []finding.Finding{{File: name, Rule: rule, Problem: problem, Fix: fix}}}
}

// modeName is what something that is no file is called.
func modeName(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "something else"
}
