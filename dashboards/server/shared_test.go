package server

import (
	"strings"
	"testing"
	"time"
)

// Shared caches are told for how long and under which tags they may keep an answer, where the operator says so; errors
// are kept by none, and scripts and styles for good.
func TestSharedCachesAreToldWhatToKeep(t *testing.T) {
	plain := shared(t)
	if r := plain.get(t, "/areas/leicester-city"); r.header.Get("Cache-Control") != "no-cache" ||
		r.header.Get(TagHeader) != "" || r.header.Get(ReleaseHeader) != "0123456789ab" {
		t.Errorf("without a shared cache: %v", r.header)
	}
	s := published(t, Config{SharedCache: 2 * time.Second})
	const keep = "public, max-age=0, s-maxage=2, stale-while-revalidate=1"
	const release = "yardstick,release-0123456789ab"
	for target, want := range map[string]struct{ control, tags string }{
		"/":                                    {keep, release},
		"/areas/leicester-city":                {keep, release + ",area-leicester-city"},
		"/cy/inspections/" + rutland:           {keep, release + ",area-leicestershire-and-rutland"},
		"/api/v1/areas/leicester-city":         {keep, release + ",area-leicester-city"},
		"/r/0123456789ab/areas/leicester-city": {keep, release + ",area-leicester-city"},
		"/take/inspections/" + rutland + "/headlines.svg": {keep, release + ",area-leicestershire-and-rutland"},
		"/nowhere": {"no-store", ""},
	} {
		r := s.get(t, target)
		if r.header.Get("Cache-Control") != want.control || r.header.Get(TagHeader) != want.tags {
			t.Errorf("%s: %q, %q", target, r.header.Get("Cache-Control"), r.header.Get(TagHeader))
		}
	}
	for _, name := range s.config.Manifest {
		if r := s.get(t, "/assets/"+name); !strings.Contains(r.header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %q", name, r.header.Get("Cache-Control"))
		}
	}
}
