package browsertest

import (
	"encoding/xml"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestEveryKindIsLookedAt holds the pages that are looked at to the site's own list: a page of every kind is among
// them.
func TestEveryKindIsLookedAt(t *testing.T) {
	response, err := http.Get(origin + "/sitemap.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	var set struct {
		URLs []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal(content, &set); err != nil {
		t.Fatal(err)
	}
	if len(set.URLs) < 100 {
		t.Fatalf("%d pages in the sitemap", len(set.URLs))
	}
	missing := make(map[string]bool)
	for _, u := range set.URLs {
		path := strings.TrimPrefix(strings.TrimPrefix(u.Loc, origin), "/cy")
		kind := sitePage{path: path}.kind()
		if !missing[kind] && !slices.ContainsFunc(sitePages, func(p sitePage) bool { return p.kind() == kind }) {
			missing[kind] = true
			t.Errorf("no page of the kind %q is looked at, such as %s", kind, u.Loc)
		}
	}
}
