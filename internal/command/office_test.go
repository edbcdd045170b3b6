package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yardstick/data/register"
)

// The identity provider's secret comes from the environment or a file of its own, and from nowhere else.
func TestTheProvidersSecretIsInNoSettings(t *testing.T) {
	r := &register.Register{Home: t.TempDir()}
	kept := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(kept, []byte("of-the-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const named = "oidc_issuer: https://login.example\noidc_client: office\n"
	for _, c := range []struct{ settings, environment, want, wrong string }{
		{"", "x", "", ""},
		{named, "of-the-environment", "of-the-environment", ""},
		{named + "oidc_secret_file: " + kept + "\n", "", "of-the-file", ""},
		{named, "", "", oidcSecret + " is not set"},
		{named + "oidc_secret_file: " + kept + ".gone\n", "", "", "no such file"},
		{named + "oidc_secret: letmein\n", "", "", "is no setting"},
	} {
		t.Setenv(oidcSecret, c.environment)
		if err := os.WriteFile(filepath.Join(r.Home, register.SettingsFile), []byte(c.settings), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := identityProvider(r)
		switch {
		case c.wrong != "":
			if err == nil || !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("%q: %v", c.settings, err)
			}
		case err != nil || (got == nil) != (c.want == "") || got != nil && got.Secret != c.want:
			t.Errorf("%q: %+v, %v", c.settings, got, err)
		}
	}
}
