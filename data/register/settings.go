package register

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// SettingsFile is where a home keeps its rules: lines such as "four_eyes: required". Blank lines and lines that begin
// with # say nothing. Whoever may write it may change the rules: it is best the system administrator's.
const SettingsFile = "settings"

// Settings are a home's rules. A line that is not there leaves its setting empty.
type Settings struct {
	FourEyes bool // two people for an import, a withdrawal, a redaction and the end of an embargo

	// Who signs the office's people in besides passkeys.
	Issuer     string // oidc_issuer: the address of the identity provider
	Client     string // oidc_client: what the provider knows the office by
	SecretFile string // oidc_secret_file: the file that has the client's secret

	PublicSite   string // public_site: the address of the public pages, for links in press notices
	PressContact string // press_contact: whom press notices name
}

// Settings reads the home's rules. A line that is none of them is an error that names it.
func (r *Register) Settings() (Settings, error) {
	var s Settings
	path := filepath.Join(r.Home, SettingsFile)
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, fmt.Errorf("read settings: %w", err)
	}
	texts := map[string]*string{"oidc_issuer": &s.Issuer, "oidc_client": &s.Client, "oidc_secret_file": &s.SecretFile,
		"public_site": &s.PublicSite, "press_contact": &s.PressContact}
	for n, line := range strings.Split(string(content), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, _ := strings.Cut(line, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		to := texts[name]
		switch {
		case to != nil && value != "":
			*to = value
		case to != nil:
			return s, fmt.Errorf("%s:%d: %s has no value", path, n+1, name)
		case name != "four_eyes":
			return s, fmt.Errorf("%s:%d: %q is no setting: write four_eyes: required, or four_eyes: off", path, n+1, line)
		case !slices.Contains([]string{"required", "off"}, value):
			return s, fmt.Errorf("%s:%d: %q is neither required nor off", path, n+1, value)
		default:
			s.FourEyes = value == "required"
		}
	}
	return s, nil
}
