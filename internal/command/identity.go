package command

import (
	"os"
	"os/user"
	"strconv"
	"strings"
)

// noLogin is what the kernel has for processes that nobody logged in for.
const noLogin = "4294967295"

// identity is the account of whoever runs the program, as the system knows it: its number and name. It is that of the
// login where the kernel keeps one, which sudo and su do not change; else that of who called sudo; else the process's
// own.
func identity(loginuid, sudo string, own int) string {
	id := strconv.Itoa(own)
	if uid := strings.TrimSpace(loginuid); number(uid) && uid != noLogin {
		id = uid
	} else if number(sudo) {
		id = sudo
	}
	if known, err := user.LookupId(id); err == nil {
		return id + " " + known.Username
	}
	return id
}

func number(text string) bool {
	_, err := strconv.ParseUint(text, 10, 32)
	return err == nil
}

// whoRuns is the identity of this process. Where the system has no numbers of users, it is a name.
func whoRuns() string {
	if os.Getuid() < 0 {
		return whoami()
	}
	loginuid, err := os.ReadFile("/proc/self/loginuid")
	if err != nil {
		loginuid = nil
	}
	return identity(string(loginuid), os.Getenv("SUDO_UID"), os.Getuid())
}
