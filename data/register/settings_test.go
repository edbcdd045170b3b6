package register

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSettingsAreReadByName(t *testing.T) {
	for text, want := range map[string]Settings{
		"": {},
		"# rules\nfour_eyes: required\noidc_issuer: https://login.example/realm\noidc_client: office\n": {
			FourEyes: true, Issuer: "https://login.example/realm", Client: "office"},
		"oidc_secret_file: /etc/secret\npublic_site: https://y.example\npress_contact: Press office, 020 7946 0000\n": {
			SecretFile: "/etc/secret", PublicSite: "https://y.example", PressContact: "Press office, 020 7946 0000"},
	} {
		r := &Register{Home: t.TempDir()}
		if err := os.WriteFile(filepath.Join(r.Home, SettingsFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := r.Settings(); err != nil || got != want {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
}

func TestSettingsThatAreNoneAreRefusedByLine(t *testing.T) {
	for text, want := range map[string]string{"four_eyes: off\noidc_issuer:\n": ":2: oidc_issuer has no value",
		"oidc_secret: letmein\n": ":1: \"oidc_secret: letmein\" is no setting"} {
		r := &Register{Home: t.TempDir()}
		if err := os.WriteFile(filepath.Join(r.Home, SettingsFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := r.Settings(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
