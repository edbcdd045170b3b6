// Package input opens the files that commands are given. A folder, a pipe, a device or a socket is refused by name, and
// none of them makes a command wait.
package input

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"yardstick/data/finding"
)

// Open opens a file to be read. What is not a regular file is refused with a *finding.Error.
func Open(name string) (*os.File, error) {
	info, err := os.Stat(name) // a socket cannot be opened to be asked what it is
	if err != nil {
		return nil, err
	}
	if err := regular(name, info); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0) // it may be exchanged for a pipe by now
	if err != nil {
		return nil, err
	}
	if info, err = file.Stat(); err == nil {
		err = regular(name, info)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// Load reads a whole file of at most some bytes. One that is larger is refused with a *finding.Error.
func Load(name string, most int64) ([]byte, error) {
	file, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil && info.Size() > most {
		return nil, tooLarge(name, info.Size(), most)
	}
	content, err := io.ReadAll(io.LimitReader(file, most+1)) // it may have grown
	if err != nil {
		return nil, err
	}
	if size := int64(len(content)); size > most {
		return nil, tooLarge(name, size, most)
	}
	return content, nil
}

func tooLarge(name string, size, most int64) error {
	return refused(name, "file_size", fmt.Sprintf("has %d bytes, more than %d", size, most), "split the file")
}

func regular(name string, info fs.FileInfo) error {
	if info.Mode().IsRegular() {
		return nil
	}
	return refused(name, "file_kind", "is "+kindOf(info.Mode())+", not a file", "save the rows as a file, and name that")
}

func refused(name, rule, problem, fix string) error {
	return &finding.Error{Findings: []finding.Finding{{File: name, Rule: rule, Problem: problem, Fix: fix}}}
}

// kindOf is what something that is no file is called.
func kindOf(mode fs.FileMode) string {
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
