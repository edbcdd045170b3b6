package command

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestProgressIsQuietInAPipe(t *testing.T) {
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	worked := errors.New("the work's own")
	if err := shown(write, "score", func(done func(n, of int64)) error {
		done(5, 10)
		return worked
	}); !errors.Is(err, worked) {
		t.Error(err)
	}
	write.Close()
	var said bytes.Buffer
	if _, err := said.ReadFrom(read); err != nil || said.Len() > 0 {
		t.Errorf("said %q (%v)", said.String(), err)
	}
}

func TestProgressShowsShareAndTimeLeftOnATerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs commands on a home")
	}
	control, terminal := newTerminal(t)
	if err := shown(terminal, "score", func(done func(n, of int64)) error {
		time.Sleep(1500 * time.Millisecond) // the time left is of what took more than a second
		done(5, 10)
		time.Sleep(300 * time.Millisecond)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	said := make([]byte, 1<<16)
	n, err := control.Read(said)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"score", " 50% ", "[1s:1s]"} {
		if !strings.Contains(string(said[:n]), want) {
			t.Errorf("%q is not in %q", want, said[:n])
		}
	}
}

// newTerminal is a terminal and the end that sees what is written to it.
func newTerminal(t *testing.T) (control, terminal *os.File) {
	t.Helper()
	control, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("this machine has no terminals: ", err)
	}
	t.Cleanup(func() { control.Close() })
	if err := unix.IoctlSetPointerInt(int(control.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(control.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { terminal.Close() })
	return control, terminal
}
