package server

import (
	"bytes"
	"io/fs"
	"log/slog"
	"strings"
	"testing"
	"time"

	pages "yardstick/dashboards/site"
)

// Where readers reach the site by TLS, browsers are asked to use nothing else; elsewhere they are not. Other sites may
// show what is made to be shown there, and nothing else.
func TestHeadersOfTransportAndOrigin(t *testing.T) {
	for _, c := range []struct{ target, shown string }{
		{"/", "same-origin"}, {"/areas/leicester-city", "same-origin"}, {"/nowhere", "same-origin"},
		{"/data/results.csv", "cross-origin"}, {"/api/v1/areas", "cross-origin"}, {"/api/v1/areas/nowhere", "cross-origin"},
		{"/embed/inspections/" + rutland + "/headlines", "cross-origin"},
	} {
		for site, transport := range map[*running]string{sited(t): longTransport, shared(t): ""} {
			r := site.get(t, c.target)
			if got := r.header.Get("Strict-Transport-Security"); got != transport {
				t.Errorf("%s: transport %q, want %q", c.target, got, transport)
			}
			if got := r.header.Get("Cross-Origin-Resource-Policy"); got != c.shown {
				t.Errorf("%s: shown by %q, want %q", c.target, got, c.shown)
			}
		}
	}
}

// Finders of faults are told whom to tell, as RFC 9116 has it, if the operator can be reached.
func TestSecurityContact(t *testing.T) {
	if r := shared(t).get(t, "/.well-known/security.txt"); r.status != 404 {
		t.Errorf("without a contact, status %d", r.status)
	}
	for contact, want := range map[string]string{
		"mailto:help@yardstick.example":     "mailto:help@yardstick.example",
		"help@yardstick.example":            "mailto:help@yardstick.example",
		"https://yardstick.example/contact": "https://yardstick.example/contact",
	} {
		s := published(t, Config{Site: testSite, Contact: contact})
		r := s.get(t, "/.well-known/security.txt")
		said := "Contact: " + want + "\nExpires: " + releaseBuilt.AddDate(0, securityMonths, 0).Format(time.DateOnly) +
			"T00:00:00Z\n" +
			"Preferred-Languages: en, cy\nCanonical: " + testSite + "/.well-known/security.txt\n"
		if r.status != 200 || r.text() != said || !strings.HasPrefix(r.header.Get("Content-Type"), "text/plain") {
			t.Errorf("%s: status %d, %q, want %q", contact, r.status, r.text(), said)
		}
	}
}

// Everybody may read the log of publications and its signed checkpoint, where there is one.
func TestPublicLog(t *testing.T) {
	for path, want := range map[string]string{pages.CheckpointPath: "signed\n", pages.LogPath: "a release\n"} {
		if r := shared(t).get(t, path); r.status != 404 {
			t.Errorf("%s without a log: status %d", path, r.status)
		}
		s := siteAt(t, shipped(t), testSite)
		s.config.PublicLog = func() ([]byte, []byte, error) { return nil, nil, fs.ErrNotExist }
		if r := s.get(t, path); r.status != 404 {
			t.Errorf("%s of a home that published nothing: status %d", path, r.status)
		}
		s.config.PublicLog = func() ([]byte, []byte, error) { return []byte("a release\n"), []byte("signed\n"), nil }
		r := s.get(t, path)
		if r.status != 200 || r.text() != want || !strings.HasPrefix(r.header.Get("Content-Type"), "text/plain") {
			t.Errorf("%s: status %d, %q", path, r.status, r.text())
		}
	}
}

// The access log has every answer, and nothing that names its reader.
func TestAccessLogNamesNoReader(t *testing.T) {
	var out bytes.Buffer
	s := newSite(t, shipped(t))
	s.config.Access = slog.New(slog.NewTextHandler(&out, nil))
	for _, target := range []string{"/areas?q=Jane+Doe", "/nowhere", "/api/v1/areas?q=Jane+Doe"} {
		s.get(t, target, "Referer: https://secret.example/", "User-Agent: Reader 1", "X-Forwarded-For: 192.0.2.7",
			"Cookie: name=Jane")
	}
	said := out.String()
	if strings.Count(said, "\n") != 3 || !strings.Contains(said, "path=/areas status=200") ||
		!strings.Contains(said, "path=/nowhere status=404") {
		t.Errorf("the log says %s", said)
	}
	for _, personal := range []string{"Jane", "Doe", "secret", "Reader", "192.0.2", "0.0.0.0"} {
		if strings.Contains(said, personal) {
			t.Errorf("the log says %s: %s", personal, said)
		}
	}
}

// Metrics count answers by status and by kind of address, of which there are few whatever is asked for.
func TestMetricsCountAnswers(t *testing.T) {
	s := newSite(t, shipped(t))
	for _, target := range []string{"/areas/leicester-city", "/areas/cardiff", "/nowhere-1", "/nowhere-2", "/healthz"} {
		s.get(t, target)
	}
	families, err := s.metrics.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	counts := make(map[string]uint64)
	for _, family := range families {
		for _, m := range family.Metric {
			for _, label := range m.Label {
				counts[label.GetValue()] += uint64(m.Counter.GetValue()) + m.Histogram.GetSampleCount()
			}
		}
	}
	for label, want := range map[string]uint64{"200": 3, "404": 2, "/areas/:id": 2, "none": 2, "/healthz": 1} {
		if counts[label] != want {
			t.Errorf("%s: %d, want %d: %v", label, counts[label], want, counts)
		}
	}
}
