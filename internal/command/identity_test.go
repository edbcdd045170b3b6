package command

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Who decides is the account that logged in, whatever sudo or the environment make of it.
func TestIdentity(t *testing.T) {
	for _, c := range []struct {
		loginuid, sudo string
		own            int
		want           string
	}{
		{"4000001\n", "4000002", 4000003, "4000001"},
		{noLogin, "4000002", 4000003, "4000002"},
		{"", "", 4000003, "4000003"},
		{"", "ann", 4000003, "4000003"},
		{"-1", "", 4000003, "4000003"},
		{"", "", 0, "0 root"},
	} {
		if got := identity(c.loginuid, c.sudo, c.own); got != c.want {
			t.Errorf("%q, %q, %d: %q, want %q", c.loginuid, c.sudo, c.own, got, c.want)
		}
	}
}

// Where four eyes are required, one account cannot approve its own import under another name.
func TestOneAccountIsOnePerson(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs commands on a home")
	}
	o := officeHome{t, t.TempDir()}
	if err := os.WriteFile(filepath.Join(o.home, "settings"), []byte("four_eyes: required\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	o.take("first.csv", strings.ReplaceAll(derbyNow, "%s", "66"))
	var out, errOut bytes.Buffer
	if code := Run(t.Context(), "test", []string{"approve", "1", "--by", "bob", "--home", o.home}, &out,
		&errOut); code != 2 ||
		!strings.Contains(errOut.String(), "an account of their own") {
		t.Errorf("%d, %s%s", code, &out, &errOut)
	}
	if said := o.run("publish", "--by", "ann"); !strings.Contains(said, "nothing to publish") {
		t.Error(said)
	}
	if said := o.run("withdraw", "leicester-city-fji-2016", "--why", "synthetic"); !strings.Contains(said, "approve 2") {
		t.Error(said)
	}
}
